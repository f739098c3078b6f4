namespace Terwayd.Enforcement;

/// <summary>How the daemon waits for policy.</summary>
/// <param name="Patience">How long an ADD waits until the pod's policies are in the kernel.</param>
/// <param name="Fallback">What happens when they are not.</param>
internal sealed record PolicySettings(TimeSpan Patience, PolicyFallback Fallback)
{
    internal static TimeSpan DefaultPatience { get; } = TimeSpan.FromSeconds(5);
}

/// <summary>What an ADD does whose pod's policies are not in the kernel in time. The pod is closed either way.</summary>
internal enum PolicyFallback
{
    /// <summary>It fails, and the runtime tries again.</summary>
    Refuse,

    /// <summary>It succeeds, and the pod sends and gets nothing until its policies stand.</summary>
    Closed,
}
