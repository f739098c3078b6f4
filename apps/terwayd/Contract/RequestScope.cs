using System.Collections;
using Terway.Cni.Daemon;

namespace Terwayd.Contract;

/// <summary>The request's id on every line that is logged for it.</summary>
internal sealed class RequestScope(RequestOrigin origin) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?> _pair = new("RequestId", origin.RequestId);

    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0 ? _pair : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return _pair;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
