namespace Terway.Cni;

/// <summary>A failure that the plugin tells the runtime. It becomes JSON only at the process's edge.</summary>
public sealed class CniException : Exception
{
    /// <summary>Describes a failure.</summary>
    /// <param name="code">The specification's number for it.</param>
    /// <param name="message">What was being done, to what, and why it failed, in one sentence.</param>
    /// <param name="details">What the other side said, in full.</param>
    /// <param name="hint">What would help.</param>
    /// <param name="reason">A stable name, the same in result, log and metric; the number's name unless given.</param>
    /// <param name="innerException">What caused it.</param>
    public CniException(
        CniErrorCode code, string message, string? details = null, string? hint = null, string? reason = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Details = details;
        Hint = hint;
        Reason = reason ?? code.ToString();
    }

    /// <summary>The specification's number for the failure.</summary>
    public CniErrorCode Code { get; }

    /// <summary>What the other side said.</summary>
    public string? Details { get; }

    /// <summary>What would help.</summary>
    public string? Hint { get; }

    /// <summary>A stable name of the failure for programs.</summary>
    public string Reason { get; }

    /// <summary>Details, hint and reason in the one string that a CNI error has for them.</summary>
    public string DetailText
    {
        get
        {
            string text = Details is { Length: > 0 } ? $"{Details}; " : "";
            if (Hint is { Length: > 0 })
                text += $"what helps: {Hint}; ";
            return $"{text}reason: {Reason}";
        }
    }
}
