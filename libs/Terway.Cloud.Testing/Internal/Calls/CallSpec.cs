namespace Terway.Cloud.Testing.Internal;

/// <summary>A call to be run: what it is, how long it takes, and what it does.</summary>
internal sealed record CallSpec<T>(string Action, object Request, Func<World, T> Execute)
    where T : notnull
{
    internal Func<EmulatorLatencies, LatencyRange> Latency { get; init; } = l => l.OtherCall;

    internal ClientToken? Token { get; init; }

    /// <summary>Whether it describes ENIs, which may lag behind.</summary>
    internal bool IsEniRead { get; init; }

    /// <summary>What tells two requests with the same token apart.</summary>
    internal string Fingerprint { get; init; } = "";

    /// <summary>The ENI that takes only one call of this kind at a time.</summary>
    internal EniId? Exclusive { get; init; }
}

/// <summary>How a call ended: with a value, with a refusal, or without an answer.</summary>
internal sealed record CallOutcome<T>(RequestId RequestId, T? Value, Refusal? Refusal, bool ReplyLost);
