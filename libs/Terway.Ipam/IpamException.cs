namespace Terway.Ipam;

/// <summary>A failure of the pool or its store: what was attempted, on what, why it failed, and what would help.</summary>
public sealed class IpamException : Exception
{
    /// <summary>Creates the exception from its facts.</summary>
    /// <param name="code">A code of <see cref="IpamErrorCode"/>.</param>
    /// <param name="operation">What was attempted, such as <c>lease</c>.</param>
    /// <param name="subject">On what: a pod, an attachment, a file.</param>
    /// <param name="reason">Why it failed, in a sentence without its full stop.</param>
    /// <param name="hint">What would help.</param>
    /// <param name="owner">Who can do something about it.</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    public IpamException(string code, string operation, string subject, string reason, string hint, FaultOwner owner, Exception? innerException = null)
        : base($"{operation} {subject}: {reason} ({code}). {hint}", innerException)
    {
        Code = code;
        Operation = operation;
        Subject = subject;
        Reason = reason;
        Hint = hint;
        Owner = owner;
    }

    /// <summary>The stable code, one of <see cref="IpamErrorCode"/>.</summary>
    public string Code { get; }

    /// <summary>What was attempted.</summary>
    public string Operation { get; }

    /// <summary>On what it was attempted.</summary>
    public string Subject { get; }

    /// <summary>Why it failed.</summary>
    public string Reason { get; }

    /// <summary>What would help.</summary>
    public string Hint { get; }

    /// <summary>Who can do something about it.</summary>
    public FaultOwner Owner { get; }
}
