namespace Terway.Netlink;

/// <summary>A range of ports, both ends included.</summary>
/// <param name="First">The first port.</param>
/// <param name="Last">The last port.</param>
public readonly record struct PortRange(ushort First, ushort Last)
{
    /// <inheritdoc/>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}

/// <summary>A range of user ids, both ends included.</summary>
/// <param name="First">The first id.</param>
/// <param name="Last">The last id.</param>
public readonly record struct UserIdRange(uint First, uint Last)
{
    /// <inheritdoc/>
    public override string ToString() => $"{First}-{Last}";
}
