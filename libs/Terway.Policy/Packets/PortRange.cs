namespace Terway.Policy;

/// <summary>Ports from a first to a last, both included.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <summary>Whether a port lies inside.</summary>
    /// <param name="port">The port.</param>
    public bool Contains(ushort port) => port >= First && port <= Last;

    /// <summary>The range as <c>80</c> or <c>80:90</c>.</summary>
    public override string ToString() => First == Last ? First.ToString() : $"{First}:{Last}";
}
