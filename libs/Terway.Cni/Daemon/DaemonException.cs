namespace Terway.Cni.Daemon;

/// <summary>A failure of the daemon, or of reaching it. A service throws it to answer a request with a coded error; the client throws what it was answered.</summary>
public sealed class DaemonException : Exception
{
    /// <summary>Wraps a failure.</summary>
    /// <param name="error">The failure.</param>
    /// <param name="innerException">What caused it on this side of the socket.</param>
    public DaemonException(DaemonError error, Exception? innerException = null)
        : base(Text(error), innerException) => Error = error;

    /// <summary>Describes a failure.</summary>
    /// <param name="code">What kind of failure it is.</param>
    /// <param name="message">What was being done, to what, and why it failed.</param>
    /// <param name="details">What the other side said.</param>
    /// <param name="hint">What would help.</param>
    /// <param name="innerException">What caused it on this side of the socket.</param>
    public DaemonException(ErrorCode code, string message, string? details = null, string? hint = null, Exception? innerException = null)
        : this(new DaemonError(code, message, details, hint), innerException)
    {
    }

    /// <summary>The failure.</summary>
    public DaemonError Error { get; }

    /// <summary>What kind of failure it is.</summary>
    public ErrorCode Code => Error.Code;

    /// <summary>True when the daemon gave no answer that can be relied on: what was asked may or may not have been done.</summary>
    public bool IsUnreachable => Code.IsUnreachable;

    private static string Text(DaemonError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Message;
    }
}
