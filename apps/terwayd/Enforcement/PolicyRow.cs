namespace Terwayd.Enforcement;

/// <summary>What is in force on this node, as <c>policy show</c> tells it.</summary>
internal sealed record PolicyRow
{
    internal const string Off = "off";
    internal const string Starting = "starting";
    internal const string InForce = "inForce";
    internal const string Failing = "failing";

    public required string Node { get; init; }

    /// <summary>One of the constants.</summary>
    public required string State { get; init; }

    /// <summary>Why it is off or fails.</summary>
    public string? Reason { get; init; }

    /// <summary>The state of the source that is in force.</summary>
    public string? Revision { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the kernel was last read back and found right.</summary>
    public DateTimeOffset? Verified { get; init; }

    /// <summary>How often something was found changed by others and mended.</summary>
    public int? Repairs { get; init; }

    /// <summary>How many pods waited for their policies, and how long, in milliseconds.</summary>
    public WaitRow? Waits { get; init; }

    public IReadOnlyList<EndpointRow> Endpoints { get; init; } = [];

    /// <summary>What the kernel does not take; what depends on it is closed.</summary>
    public IReadOnlyList<RefusalRow> Refused { get; init; } = [];
}

/// <summary>How long ADDs waited for policy.</summary>
internal sealed record WaitRow(int Count, double LastMs, double LongestMs);

/// <summary>A pod of this node with what governs it.</summary>
internal sealed record EndpointRow(
    string Pod, string Interface, IReadOnlyList<string> Addresses, IReadOnlyList<string> Ingress, IReadOnlyList<string> Egress, DateTimeOffset Since);

/// <summary>A part of the ruleset that the kernel refused.</summary>
internal sealed record RefusalRow(string Code, string Subject, string? Object, string Reason, string Hint);
