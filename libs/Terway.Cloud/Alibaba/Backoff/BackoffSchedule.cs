namespace Terway.Cloud.Alibaba;

/// <summary>How often something is tried, and how long is waited in between: one row of <see cref="BackoffTable"/>.</summary>
public sealed record BackoffSchedule
{
    /// <summary>The most attempts that a schedule may ask for.</summary>
    public const int MaxAttempts = 100;

    /// <summary>The wait before the first attempt. Not negative; default none.</summary>
    public TimeSpan InitialDelay { get; init; }

    /// <summary>The wait before the second attempt. Not negative; default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What each further wait is multiplied by. At least 1 where it counts; default 1.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The share of a wait that chance adds to it: 0.3 makes 10 s up to 13 s. Not negative; default 0.</summary>
    public double Jitter { get; init; }

    /// <summary>Attempts in all, the first one included. 1 to <see cref="MaxAttempts"/>; default 1: no repetition.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The longest a wait grows, before chance adds to it; null for no bound of its own.</summary>
    public TimeSpan? Cap { get; init; }

    /// <summary>The wait after an attempt that failed.</summary>
    /// <param name="failed">How many attempts have failed, 1 or more.</param>
    /// <param name="chance">From 0 to 1.</param>
    public TimeSpan DelayAfter(int failed, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failed, 1);
        var grown = Delay.TotalSeconds * Math.Pow(Factor, failed - 1);
        var bounded = Math.Min(grown, (Cap ?? TimeSpan.FromDays(1)).TotalSeconds);
        return TimeSpan.FromSeconds(bounded * (1 + (Jitter * chance)));
    }

    /// <summary>Everything that is out of its range; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (InitialDelay < TimeSpan.Zero || Delay < TimeSpan.Zero || Cap < TimeSpan.Zero)
            errors.Add("a wait is negative");
        if (!(Factor >= 1) || double.IsInfinity(Factor))
            errors.Add($"the factor is {Factor}; it must be at least 1");
        if (!(Jitter >= 0) || double.IsInfinity(Jitter))
            errors.Add($"the jitter is {Jitter}; it must not be negative");
        if (Attempts is < 1 or > MaxAttempts)
            errors.Add($"the attempts are {Attempts}; they must be 1 to {MaxAttempts}");
        return errors;
    }
}
