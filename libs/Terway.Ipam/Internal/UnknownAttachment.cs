using System.Net;

namespace Terway.Ipam.Internal;

/// <summary>The holder of an address that the kernel shows in use while nothing tells by whom.</summary>
internal static class UnknownAttachment
{
    private const string ContainerId = "?";

    public static PodKey Pod { get; } = new("?", "?");

    public static AttachmentKey For(IPAddress address) => new(ContainerId, address.ToString());

    public static bool Is(AttachmentKey attachment) => attachment.ContainerId == ContainerId;
}
