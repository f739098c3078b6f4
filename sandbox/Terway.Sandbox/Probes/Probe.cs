using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Sandbox.Probes;

internal enum ProbeProtocol
{
    TCP,
    UDP,
    ICMP,
}

internal enum Verdict
{
    /// <summary>A real answer came back: the echoed bytes, or the echo reply.</summary>
    Allow,

    /// <summary>No answer came back in time; the reason says what was seen instead.</summary>
    Deny,
}

/// <summary>One question: do packets of this kind get from here to there and back?</summary>
internal record Probe
{
    /// <summary><c>namespace/pod</c>, <c>node/NAME</c> or <c>vpc</c>, the host in the VPC.</summary>
    public required string From { get; init; }

    /// <summary><c>namespace/pod</c> or an IP address.</summary>
    public required string To { get; init; }

    public required ProbeProtocol Protocol { get; init; }

    /// <summary>Port for TCP and UDP, by number or by the name that the destination's containers give it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProbePort? Port { get; init; }

    /// <summary>What else the file says about this probe; it is repeated in the result.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>The probe again, with what became of it.</summary>
internal sealed record ProbeResult : Probe
{
    [JsonPropertyOrder(1)]
    public required Verdict Verdict { get; init; }

    /// <summary>Milliseconds between the question and its answer; <c>null</c> when there was none.</summary>
    [JsonPropertyOrder(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? RttMs { get; init; }

    /// <summary>Why the verdict is deny: no answer, refused, unreachable.</summary>
    [JsonPropertyOrder(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public static ProbeResult For(Probe probe, ProbeAnswer answer) => new()
    {
        From = probe.From,
        To = probe.To,
        Protocol = probe.Protocol,
        Port = probe.Port,
        Other = probe.Other,
        Verdict = answer.RoundTrip is null ? Verdict.Deny : Verdict.Allow,
        RttMs = answer.RoundTrip is { } rtt ? Math.Round(rtt.TotalMilliseconds, 3) : null,
        Reason = answer.Reason,
    };
}

/// <summary>What came back: a round trip, or the reason why there is none.</summary>
internal readonly record struct ProbeAnswer(TimeSpan? RoundTrip, string? Reason)
{
    public static ProbeAnswer After(TimeSpan roundTrip) => new(roundTrip, null);

    public static ProbeAnswer None(string reason) => new(null, reason);
}
