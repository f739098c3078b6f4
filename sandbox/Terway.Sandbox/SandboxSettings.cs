using System.Collections.Immutable;
using Terway.Cloud.Testing;
using Terway.Policy.Manifests;
using Terway.Sandbox.Nodes;
using Terway.Sandbox.Probes;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox;

/// <summary>What to build.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Names of the nodes.</summary>
    public ImmutableArray<string> Nodes { get; init; } = NodeNames(null, []);

    public NodeSettings Node { get; init; } = new();

    public VpcLayout Vpc { get; init; } = VpcLayout.Standard;

    /// <summary>How long the cloud takes; a little, so that the order of things shows.</summary>
    public EmulatorLatencies Latencies { get; init; } = new()
    {
        Create = LatencyRange.Seconds(0.02, 0.05),
        Attach = LatencyRange.Seconds(0.2, 0.4),
        Detach = LatencyRange.Seconds(0.2, 0.4),
        Delete = LatencyRange.Seconds(0.05, 0.1),
        Assign = LatencyRange.Seconds(0.02, 0.05),
        OtherCall = LatencyRange.Seconds(0.002, 0.01),
        MetadataLag = LatencyRange.Seconds(0.05, 0.1),
    };

    /// <summary>The cloud's clock. A test that wants to see a state between two others gives one that it moves by hand.</summary>
    public TimeProvider CloudTime { get; init; } = TimeProvider.System;

    /// <summary>The programs that nodes run; <c>null</c> builds nodes without a daemon and a plugin.</summary>
    public NodePrograms? Programs { get; init; }

    /// <summary>
    /// Starts a node's daemon only when the one before has its first ENI, so that each finds the vSwitches as the others left
    /// them; otherwise all start at once.
    /// </summary>
    public bool OneNodeAfterAnother { get; init; }

    /// <summary>
    /// Names for <paramref name="count"/> nodes: first those that pods ask for by <c>spec.nodeName</c>, then <c>node-1</c>,
    /// <c>node-2</c> ….
    /// </summary>
    public static ImmutableArray<string> NodeNames(int? count, IEnumerable<string> asked)
    {
        string[] wanted = [.. asked.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (wanted.Contains(ProbeNames.VpcHost, StringComparer.Ordinal))
            throw new SandboxException($"'{ProbeNames.VpcHost}' is the host in the VPC; no node can have that name.");
        if (count < wanted.Length)
            throw new SandboxException($"The pods ask for {wanted.Length} nodes ({string.Join(", ", wanted)}), but --nodes is {count}.");
        return PodPlacement.NodeNames(count ?? PodPlacement.LeastNodes, wanted);
    }
}
