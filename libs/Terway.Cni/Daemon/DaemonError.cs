namespace Terway.Cni.Daemon;

/// <summary>A failure as it travels: a stable code for programs, and text for a person.</summary>
/// <param name="Code">What kind of failure it is.</param>
/// <param name="Message">What was being done, to what, and why it failed, in one sentence.</param>
/// <param name="Details">What the other side said, in full.</param>
/// <param name="Hint">What would help.</param>
public sealed record DaemonError(ErrorCode Code, string Message, string? Details = null, string? Hint = null);
