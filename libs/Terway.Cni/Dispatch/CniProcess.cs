namespace Terway.Cni;

/// <summary>What a plugin's process has: its environment and its three streams. Tests make one of their own.</summary>
public sealed class CniProcess
{
    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Standard input: the network configuration.</summary>
    public required Stream Stdin { get; init; }

    /// <summary>Standard output: the result or the error, nothing else.</summary>
    public required Stream Stdout { get; init; }

    /// <summary>Standard error: for people.</summary>
    public required Stream Stderr { get; init; }
}
