using static Terway.Netlink.AddressConstants;

namespace Terway.Netlink;

/// <summary>Which addresses to list; without any property set, those of all links and both families.</summary>
public sealed record AddressFilter : IDumpFilter<AddressMessage>
{
    /// <summary>Only this family.</summary>
    public IpFamily Family { get; init; }

    /// <summary>Only addresses of this link.</summary>
    public IfIndex? Interface { get; init; }

    /// <summary>The namespace to list, by its id in the connection's namespace (Linux 4.20).</summary>
    public int? TargetNamespaceId { get; init; }

    internal static AddressFilter All { get; } = new();

    void INetlinkRequest.Write(ref NetlinkWriter writer, ushort type)
    {
        writer.WriteStruct(new AddressHeader { Family = (byte)Family, Index = Interface?.Value ?? 0 });
        writer.WriteInt32(IFA_TARGET_NETNSID, TargetNamespaceId);
    }

    bool IDumpFilter<AddressMessage>.Matches(AddressMessage message) =>
        (Family == IpFamily.Unspecified || message.Family == Family)
        && (Interface is null || message.Interface == Interface);
}
