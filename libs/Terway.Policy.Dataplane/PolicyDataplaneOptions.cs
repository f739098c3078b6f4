namespace Terway.Policy.Dataplane;

/// <summary>How a dataplane looks after what it put into the kernel.</summary>
public sealed record PolicyDataplaneOptions
{
    /// <summary>How often all is read back and compared although nobody is known to have changed it. Default: 3 minutes.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a failed repair waits before the next one. Default: 1 second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
