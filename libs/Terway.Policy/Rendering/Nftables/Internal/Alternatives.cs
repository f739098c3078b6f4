using System.Collections.Immutable;

namespace Terway.Policy.Nftables.Internal;

/// <summary>
/// A condition as several rows of matches, of which one must hold: <c>nft</c> has AND within a rule and OR only between rules. Without a row it
/// never holds.
/// </summary>
internal sealed class Alternatives
{
    private ImmutableArray<ImmutableArray<RuleStatement>> _rows = [[]];

    internal ImmutableArray<ImmutableArray<RuleStatement>> Rows => _rows;

    internal void Never() => _rows = [];

    internal void And(RuleStatement match) => AndAny([match]);

    /// <summary>One of several rows must hold too.</summary>
    internal void AndAny(params ReadOnlySpan<ImmutableArray<RuleStatement>> rows)
    {
        var product = ImmutableArray.CreateBuilder<ImmutableArray<RuleStatement>>(_rows.Length * rows.Length);
        foreach (var own in _rows)
        {
            foreach (var other in rows)
                product.Add(own.AddRange(other));
        }

        _rows = product.MoveToImmutable();
    }
}
