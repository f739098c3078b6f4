namespace Terway.Policy.Nftables.Internal;

/// <summary>The IP sets that the calculation published, as sets of the table.</summary>
internal sealed class IpSetRenderer(SetTable sets) : IIpSetNames
{
    private readonly Dictionary<string, IpSetParts> _parts = new(StringComparer.Ordinal);

    public string Hash(string id, IpVersion version) => _parts[id].HashName(version);

    public string? Intervals(string id, IpVersion version) => _parts[id] is var parts && parts.HasBlocks(version) ? parts.IntervalsName(version) : null;

    internal void Set(IpSetUpdated set, PolicyRenderer users)
    {
        if (!_parts.TryGetValue(set.Id, out var parts))
        {
            _parts[set.Id] = parts = new(set.Id, set.Kind, sets);
            parts.Acquire();
        }

        if (parts.Replace(set.Members))
            users.SetChanged(set.Id);
    }

    internal void Change(IpSetChanged set, PolicyRenderer users)
    {
        if (_parts[set.Id].Change(set.Added, set.Removed))
            users.SetChanged(set.Id);
    }

    internal void Remove(string id)
    {
        if (_parts.Remove(id, out var parts))
            parts.Release();
    }
}
