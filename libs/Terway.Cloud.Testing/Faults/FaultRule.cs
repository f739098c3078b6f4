namespace Terway.Cloud.Testing;

/// <summary>When a fault strikes: one row of a <see cref="FaultScript"/>.</summary>
public sealed record FaultRule
{
    /// <summary>The action of requests to the metadata service, which only rules that name it touch.</summary>
    public const string MetadataAction = "Metadata";

    /// <summary>What goes wrong.</summary>
    public required EmulatedFault Fault { get; init; }

    /// <summary>The action that it strikes; with a <c>*</c> at its end, all that begin so. Default <c>*</c>: every call but those to the metadata service.</summary>
    public string Action { get; init; } = "*";

    /// <summary>A text that the request must show, such as the id of an ENI, a vSwitch or an instance; null for any request.</summary>
    public string? About { get; init; }

    /// <summary>How many calls that match are left in peace first. Default 0.</summary>
    public int Skip { get; init; }

    /// <summary>How often it strikes at most; null for no bound.</summary>
    public int? Times { get; init; }

    /// <summary>The share of calls that it strikes, above 0 and at most 1, by the script's seed. Default 1: every one.</summary>
    public double Share { get; init; } = 1;

    /// <summary>How long after it was added it is in force; null for ever.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>What it is for, for people.</summary>
    public string Note { get; init; } = "";

    /// <summary>Everything that is out of its range; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrEmpty(Action))
            errors.Add("the action is empty");
        if (Skip < 0)
            errors.Add($"skip is {Skip}; it must not be negative");
        if (Times < 1)
            errors.Add($"times is {Times}; it must be at least 1");
        if (!(Share > 0 && Share <= 1))
            errors.Add($"the share is {Share}; it must be above 0 and at most 1");
        if (For <= TimeSpan.Zero)
            errors.Add("the time it is in force must be above 0");
        return errors;
    }

    internal bool Matches(EmulatedCall call) =>
        MatchesAction(call.Action) && (About is null || $"{call.Request}".Contains(About, StringComparison.Ordinal));

    private bool MatchesAction(string action)
    {
        if (!Action.EndsWith('*'))
            return action == Action;
        return action != MetadataAction && action.AsSpan().StartsWith(Action.AsSpan(0, Action.Length - 1), StringComparison.Ordinal);
    }
}
