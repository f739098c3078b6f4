namespace Terwayd;

/// <summary>
/// A failure of the daemon itself, as a message to a person: <see cref="Code"/> is stable, the message says what was attempted on
/// what and why it failed, <see cref="Hint"/> says what would help.
/// </summary>
public sealed class TerwaydException : Exception
{
    /// <summary>Creates the failure.</summary>
    public TerwaydException(string code, string message, string hint, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Hint = hint;
    }

    /// <summary>One of <see cref="DaemonErrors"/>; the same in logs, CNI results and exit messages.</summary>
    public string Code { get; }

    /// <summary>What an operator can do about it.</summary>
    public string Hint { get; }
}
