using Terway.Cni;
using Terway.Cni.Daemon;

namespace Terway.Simulation;

/// <summary>The folder of releases that found no daemon.</summary>
internal sealed class SimulatedSpool : IPendingReleases
{
    private readonly Dictionary<(string Network, Attachment Attachment), ReleaseRequest> _releases = [];

    internal int Count => _releases.Count;

    public void Add(ReleaseRequest request) => _releases[(request.Network, request.Attachment)] = request;

    public bool Remove(string network, Attachment attachment) => _releases.Remove((network, attachment));

    public bool Contains(string network, Attachment attachment) => _releases.ContainsKey((network, attachment));

    public IReadOnlyList<ReleaseRequest> List(Action<string, Exception> onUnreadable) => _releases.Count == 0 ? [] : [.. _releases.Values];

    /// <summary>The power went: the folder is in memory.</summary>
    internal void Clear() => _releases.Clear();
}
