
namespace Terway.Cni;

/// <summary>What the runtime passes for the capabilities that a plugin declares. Others than these are ignored.</summary>
public sealed record RuntimeConfiguration
{
    /// <summary>Capability <c>bandwidth</c>.</summary>
    public BandwidthLimits? Bandwidth { get; init; }
}
