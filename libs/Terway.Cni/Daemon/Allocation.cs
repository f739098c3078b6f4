using System.Collections.Immutable;

namespace Terway.Cni.Daemon;

/// <summary>The network of one attachment: everything that the plugin needs in order to build it without asking anybody else.</summary>
public sealed class Allocation
{
    /// <summary>The pool's id of the lease, for logs and <c>show</c>.</summary>
    public required string LeaseId { get; init; }

    /// <summary>How the pod is connected.</summary>
    public NetworkKind Kind { get; init; } = NetworkKind.EniMultiIp;

    /// <summary>The interfaces to make; exactly one has <see cref="NetConf.DefaultRoute"/>.</summary>
    public required ImmutableArray<NetConf> NetConfs { get; init; }

    /// <summary>The node's own addresses, which the ENI's node side carries as /32 and /128.</summary>
    public AddressSet HostAddresses { get; init; } = AddressSet.None;

    /// <summary>True when the daemon has made the ENI's own side (its address, its table's default route), so that the plugin need not look at it.</summary>
    public bool EniReady { get; init; }
}
