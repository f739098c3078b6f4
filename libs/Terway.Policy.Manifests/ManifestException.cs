namespace Terway.Policy.Manifests;

/// <summary>A file or folder that cannot be read as manifests: which, where in it, why, and what would help.</summary>
public sealed class ManifestException : Exception
{
    /// <summary>The stable code of this failure.</summary>
    public const string Code = "ManifestUnreadable";

    /// <summary>Creates the failure.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="line">The line, from 1; null where it does not matter.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <param name="hint">What would help.</param>
    /// <param name="innerException">What the parser or the file system said.</param>
    public ManifestException(string path, long? line, string reason, string hint, Exception? innerException = null)
        : base($"reading the manifests {path}{(line is null ? "" : $", line {line}")}: {reason}", innerException) =>
        (Path, Line, Reason, Hint) = (path, line, reason, hint);

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>The line, from 1, where it matters.</summary>
    public long? Line { get; }

    /// <summary>Why it cannot be read.</summary>
    public string Reason { get; }

    /// <summary>What would help.</summary>
    public string Hint { get; }
}
