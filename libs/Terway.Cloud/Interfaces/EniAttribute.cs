namespace Terway.Cloud;

/// <summary>What <c>DescribeNetworkInterfaceAttribute</c> shall show of an ENI.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
/// <remarks>An open set: the cloud may know a text that is not among the known members.</remarks>
public readonly record struct EniAttribute(string Value)
{
    /// <summary>What DescribeNetworkInterfaces shows too. Its budget of calls a minute is the largest of all reads. Not documented by the cloud.</summary>
    public static EniAttribute Basic => new("basic");

    /// <summary>The attachment with the members of a trunk: <see cref="NetworkInterface.MemberEniIds"/>.</summary>
    public static EniAttribute Attachment => new("attachment");

    /// <summary>The time-outs of tracked connections: <see cref="NetworkInterface.ConnectionTracking"/>.</summary>
    public static EniAttribute ConnectionTracking => new("connectionTrackingConfiguration");

    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
