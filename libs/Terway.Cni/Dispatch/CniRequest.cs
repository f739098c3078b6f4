namespace Terway.Cni;

/// <summary>What the runtime asks of a plugin, validated.</summary>
public sealed class CniRequest
{
    /// <summary>The command.</summary>
    public required CniCommand Command { get; init; }

    /// <summary>The container's id (<c>CNI_CONTAINERID</c>); empty for GC and STATUS.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The interface's name in the container (<c>CNI_IFNAME</c>); empty for GC and STATUS.</summary>
    public required string IfName { get; init; }

    /// <summary>
    /// The path of the container's network namespace (<c>CNI_NETNS</c>): an absolute path without <c>..</c>. What it leads to is not yet looked at.
    /// Null when the runtime has none any more.
    /// </summary>
    public string? NetNs { get; init; }

    /// <summary>The extra arguments (<c>CNI_ARGS</c>).</summary>
    public required CniArguments Arguments { get; init; }

    /// <summary>The network configuration.</summary>
    public required NetworkConfiguration Configuration { get; init; }

    /// <summary>The attachment that the command is about.</summary>
    public Attachment Attachment => new(ContainerId, IfName);
}
