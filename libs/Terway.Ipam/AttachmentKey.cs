namespace Terway.Ipam;

/// <summary>What a lease is given to: one interface of one sandbox (<c>CNI_CONTAINERID</c> and <c>CNI_IFNAME</c>).</summary>
/// <param name="ContainerId">The runtime's id of the sandbox.</param>
/// <param name="IfName">The interface's name inside the sandbox.</param>
/// <remarks>The CNI specification identifies an attachment by this pair; a new sandbox of the same pod is a new attachment.</remarks>
public readonly record struct AttachmentKey(string ContainerId, string IfName)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ContainerId}/{IfName}";
}
