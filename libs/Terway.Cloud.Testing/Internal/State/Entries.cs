using System.Net;

namespace Terway.Cloud.Testing.Internal;

/// <summary>A VPC of the emulator.</summary>
internal sealed record VpcEntry(VpcId Id, IPNetwork Cidr);

/// <summary>A vSwitch of the emulator and its addresses.</summary>
internal sealed record VSwitchEntry(VSwitchId Id, VpcId VpcId, ZoneId ZoneId, Ipv4Space Ipv4, Ipv6Space? Ipv6, string Name, EquatableArray<ResourceTag> Tags);

/// <summary>A security group of the emulator.</summary>
internal sealed class SecurityGroupEntry(SecurityGroup value, int capacity)
{
    internal SecurityGroup Value { get; set; } = value;

    /// <summary>How many private addresses it takes.</summary>
    internal int Capacity { get; } = capacity;

    internal int Members { get; set; }
}

/// <summary>An instance of the emulator.</summary>
internal sealed class InstanceEntry(InstanceId id, InstanceSpec spec, InstanceTypeLimits limits, EniId primaryEni)
{
    internal InstanceId Id { get; } = id;

    internal InstanceSpec Spec { get; } = spec;

    internal InstanceTypeLimits Limits { get; } = limits;

    internal EniId PrimaryEni { get; } = primaryEni;

    internal InstanceStatus Status { get; set; } = InstanceStatus.Running;

    internal EquatableArray<ResourceTag> Tags { get; set; } = spec.Tags;

    /// <summary>What the metadata service shows, as of a version.</summary>
    internal EquatableArray<MetadataInterface> Published { get; set; }

    internal long PublishedVersion { get; set; }
}

/// <summary>An ENI of the emulator: its value now, and what is going on with it.</summary>
internal sealed class EniEntry(long sequence, NetworkInterface value)
{
    /// <summary>The order of creation, which is the order of listings.</summary>
    internal long Sequence { get; } = sequence;

    internal NetworkInterface Value { get; set; } = value;

    /// <summary>How long idle connections are remembered; only DescribeNetworkInterfaceAttribute shows it.</summary>
    internal EniConnectionTracking Tracking { get; set; } = TrackingRules.Default;

    /// <summary>Whether an assign or unassign is running.</summary>
    internal bool Busy { get; set; }

    /// <summary>Whether an attach, detach or delete will complete by itself.</summary>
    internal bool TransitionPending { get; set; }

    /// <summary>Which transition is the latest: an older one that still comes to its end changes nothing.</summary>
    internal int Transition { get; set; }

    /// <summary>Whether the fabric has been told of it and not of its end.</summary>
    internal bool InFabric { get; set; }

    internal int Ipv4Count => 1 + Value.SecondaryIpAddresses.Count + Value.Ipv4Prefixes.Count;

    internal int Ipv6Count => Value.Ipv6Addresses.Count + Value.Ipv6Prefixes.Count;
}
