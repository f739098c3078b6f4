
namespace Terway.Cni;

/// <summary>One interface of one container, as the specification counts attachments: the container's id and the interface name inside it.</summary>
/// <param name="ContainerId">The runtime's id of the sandbox (<c>CNI_CONTAINERID</c>).</param>
/// <param name="IfName">The name of the interface in the container (<c>CNI_IFNAME</c>).</param>
public sealed record Attachment(
    string ContainerId,
    string IfName)
{
    /// <summary>The attachment as people read it: <c>eth0 of 1f2e3d</c>.</summary>
    public override string ToString() => $"{IfName} of {ContainerId}";
}
