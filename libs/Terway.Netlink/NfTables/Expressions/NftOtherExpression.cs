namespace Terway.Netlink;

/// <summary>A kind that has no type here, or no settings; what it has is in <see cref="NftExpression.Unknown"/>.</summary>
/// <param name="kind">The kernel's name of the kind.</param>
public sealed record NftOtherExpression(string kind) : NftExpression
{
    /// <summary>Keeps conntrack away from a packet: <c>notrack</c>, in a chain before it (priority -300).</summary>
    public static NftOtherExpression NoTrack { get; } = new("notrack");

    /// <inheritdoc/>
    public override string Name => kind;

    /// <summary>Whether the attribute for settings is there though it may be empty.</summary>
    internal bool HasSettings { get; init; }

    private protected override bool HasData => HasSettings || !Unknown.IsEmpty;

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        // All settings are among the unknown ones, which the caller writes.
    }
}
