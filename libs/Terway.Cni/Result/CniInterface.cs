
namespace Terway.Cni;

/// <summary>An interface that a plugin made.</summary>
public sealed record CniInterface
{
    /// <summary>Its name where it is now.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its hardware address; null when it has none.</summary>
    public string? Mac { get; init; }

    /// <summary>Its MTU in bytes; told from version 1.1.0.</summary>
    public int? Mtu { get; init; }

    /// <summary>The path of the network namespace that it is in; null or empty for one of the host.</summary>
    public string? Sandbox { get; init; }

    /// <summary>The socket that stands for it; told from version 1.1.0.</summary>
    public string? SocketPath { get; init; }

    /// <summary>The PCI device behind it; told from version 1.1.0.</summary>
    public string? PciId { get; init; }
}
