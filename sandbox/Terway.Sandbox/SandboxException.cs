namespace Terway.Sandbox;

/// <summary>A sandbox could not do what was asked: what was attempted, what was found, what would help.</summary>
public sealed class SandboxException : Exception
{
    public SandboxException(string message) : base(message)
    {
    }

    public SandboxException(string message, Exception? inner) : base(message, inner)
    {
    }

    /// <summary>Output of a program that failed, or the end of a log; <c>null</c> when there is none.</summary>
    public string? Transcript { get; init; }

    /// <summary>What went wrong, followed by the transcript.</summary>
    public override string Message => string.IsNullOrWhiteSpace(Transcript) ? base.Message : $"{base.Message}\n{Transcript}";
}
