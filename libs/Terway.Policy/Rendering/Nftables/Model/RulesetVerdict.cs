namespace Terway.Policy.Nftables;

/// <summary>What becomes of a packet.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Chain">The chain that <see cref="VerdictKind.Jump"/> and <see cref="VerdictKind.Goto"/> go on with.</param>
public sealed record RulesetVerdict(VerdictKind Kind, string? Chain = null)
{
    /// <summary>Ends the base chain; what other chains of the hook say still holds.</summary>
    public static RulesetVerdict Accept { get; } = new(VerdictKind.Accept);

    /// <summary>Ends the packet.</summary>
    public static RulesetVerdict Drop { get; } = new(VerdictKind.Drop);

    /// <summary>Goes back behind the jump that led here.</summary>
    public static RulesetVerdict Return { get; } = new(VerdictKind.Return);

    /// <summary>Asks another chain, and comes back if that does not decide.</summary>
    /// <param name="chain">The chain.</param>
    public static RulesetVerdict Jump(string chain) => new(VerdictKind.Jump, chain);

    /// <summary>Goes on with another chain in place of this one.</summary>
    /// <param name="chain">The chain.</param>
    public static RulesetVerdict Goto(string chain) => new(VerdictKind.Goto, chain);

    /// <summary>The verdict as <c>nft</c> writes it.</summary>
    public override string ToString() => Chain is null ? Kind.ToString().ToLowerInvariant() : $"{Kind.ToString().ToLowerInvariant()} {Chain}";
}
