namespace Terway.Policy.Dataplane;

/// <summary>Policy could not be brought into the kernel. What was enforced before still is.</summary>
public sealed class PolicyDataplaneException : Exception
{
    /// <summary>Describes the failure.</summary>
    /// <param name="code">Its stable code.</param>
    /// <param name="message">What was attempted, on what, and why it failed.</param>
    /// <param name="hint">What would help.</param>
    /// <param name="innerException">The cause.</param>
    public PolicyDataplaneException(string code, string message, string hint, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Hint = hint;
    }

    /// <summary>The stable code.</summary>
    public string Code { get; }

    /// <summary>What would help.</summary>
    public string Hint { get; }
}
