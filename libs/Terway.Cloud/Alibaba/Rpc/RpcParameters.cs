using System.Collections;
using System.Globalization;
using System.Net;

namespace Terway.Cloud.Alibaba;

/// <summary>The parameters of an action, flattened as the RPC style wants: lists count from 1, absent values are not sent.</summary>
internal sealed class RpcParameters : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public int Count => _pairs.Count;

    internal RpcParameters Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _pairs.Add(KeyValuePair.Create(name, value));
        return this;
    }

    internal RpcParameters Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A count is sent when it asks for something: the cloud rejects 0.</summary>
    internal RpcParameters AddCount(string name, int count) => count == 0 ? this : Add(name, count);

    internal RpcParameters Add(string name, bool? value) => Add(name, value is null ? null : value.Value ? "true" : "false");

    internal RpcParameters AddList<T>(string name, EquatableArray<T> values)
    {
        for (var i = 0; i < values.Count; i++)
            Add($"{name}.{i + 1}", Text(values[i]));
        return this;
    }

    /// <summary>An object is flattened by its members' names.</summary>
    internal RpcParameters AddConnectionTracking(EniConnectionTracking? tracking) =>
        AddSeconds("TcpEstablishedTimeout", tracking?.TcpEstablishedTimeout)
            .AddSeconds("TcpClosedAndTimeWaitTimeout", tracking?.TcpClosedAndTimeWaitTimeout)
            .AddSeconds("UdpTimeout", tracking?.UdpTimeout);

    internal RpcParameters AddTags(EquatableArray<ResourceTag> tags)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            Add($"Tag.{i + 1}.Key", tags[i].Key);
            _pairs.Add(KeyValuePair.Create($"Tag.{i + 1}.Value", tags[i].Value));
        }
        return this;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RpcParameters AddSeconds(string name, TimeSpan? time) => Add($"ConnectionTrackingConfiguration.{name}", (int?)time?.TotalSeconds);

    private static string? Text<T>(T value) => value is IPNetwork network ? $"{network.BaseAddress}/{network.PrefixLength}" : value?.ToString();
}
