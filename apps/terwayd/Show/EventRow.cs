namespace Terwayd.Show;

/// <summary>One thing that happened, as <c>show address</c>, <c>show eni</c> and <c>explain pod</c> tell it.</summary>
internal sealed record EventRow
{
    public required DateTimeOffset At { get; init; }

    public required string What { get; init; }

    public string? Why { get; init; }

    /// <summary>The cloud's action.</summary>
    public string? Call { get; init; }

    /// <summary>The cloud's id of the call.</summary>
    public string? CallId { get; init; }

    public string? Eni { get; init; }

    public string? Address { get; init; }

    public string? Pod { get; init; }

    public string? ContainerId { get; init; }

    /// <summary>The id of the plugin's request, which is on every log line about it.</summary>
    public string? RequestId { get; init; }

    public FaultRow? Fault { get; init; }
}
