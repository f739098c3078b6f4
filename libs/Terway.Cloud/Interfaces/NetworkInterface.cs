using System.Net;
using System.Net.NetworkInformation;

namespace Terway.Cloud;

/// <summary>An elastic network interface as <c>DescribeNetworkInterfaces</c> shows it.</summary>
public sealed record NetworkInterface
{
    /// <summary>Its id.</summary>
    public required EniId Id { get; init; }

    /// <summary>Primary, secondary, trunk or member.</summary>
    public required EniType Type { get; init; }

    /// <summary>Where it stands in its life.</summary>
    public required EniStatus Status { get; init; }

    /// <summary>Its MAC address, the same for its whole life.</summary>
    public required PhysicalAddress MacAddress { get; init; }

    /// <summary>The VPC it belongs to.</summary>
    public required VpcId VpcId { get; init; }

    /// <summary>The vSwitch whose addresses it carries.</summary>
    public required VSwitchId VSwitchId { get; init; }

    /// <summary>The zone of its vSwitch; only instances of this zone can take it.</summary>
    public required ZoneId ZoneId { get; init; }

    /// <summary>Its primary IPv4 address, fixed for its whole life.</summary>
    public required IPAddress PrimaryIpAddress { get; init; }

    /// <summary>Its other IPv4 addresses.</summary>
    public EquatableArray<IPAddress> SecondaryIpAddresses { get; init; }

    /// <summary>Its IPv6 addresses.</summary>
    public EquatableArray<IPAddress> Ipv6Addresses { get; init; }

    /// <summary>Its IPv4 prefixes, /28 each.</summary>
    public EquatableArray<IPNetwork> Ipv4Prefixes { get; init; }

    /// <summary>Its IPv6 prefixes, /80 each.</summary>
    public EquatableArray<IPNetwork> Ipv6Prefixes { get; init; }

    /// <summary>The security groups it is in.</summary>
    public EquatableArray<SecurityGroupId> SecurityGroupIds { get; init; }

    /// <summary>Its tags, in the cloud's order.</summary>
    public EquatableArray<ResourceTag> Tags { get; init; }

    /// <summary>Where it is attached (also while attaching and detaching), else null.</summary>
    public EniAttachment? Attachment { get; init; }

    /// <summary>The members that a trunk carries, as far as the call shows them; empty for every other ENI.</summary>
    public EquatableArray<EniId> MemberEniIds { get; init; }

    /// <summary>Its name, empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its description, empty when it has none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its resource group, if any.</summary>
    public ResourceGroupId? ResourceGroupId { get; init; }

    /// <summary>How it moves packets.</summary>
    public EniTrafficMode TrafficMode { get; init; } = EniTrafficMode.Standard;

    /// <summary>Whether it only takes and sends packets of its own addresses; null when the cloud did not say.</summary>
    public bool? SourceDestCheck { get; init; }

    /// <summary>Whether it is deleted with its instance; null when the cloud did not say.</summary>
    public bool? DeleteOnRelease { get; init; }

    /// <summary>Whether a cloud service owns it, so that we may not change it.</summary>
    public bool ServiceManaged { get; init; }

    /// <summary>When it was made; null in the answer to a create.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>How long the cloud remembers idle connections; only <see cref="EniAttribute.ConnectionTracking"/> shows it, else null.</summary>
    public EniConnectionTracking? ConnectionTracking { get; init; }
}
