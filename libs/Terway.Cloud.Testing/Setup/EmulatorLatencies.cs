namespace Terway.Cloud.Testing;

/// <summary>How long the emulated cloud takes.</summary>
public sealed record EmulatorLatencies
{
    /// <summary>No time at all: what a unit test wants.</summary>
    public static EmulatorLatencies None { get; } = new();

    /// <summary>What the real cloud is seen to take (no official number exists).</summary>
    public static EmulatorLatencies Realistic { get; } = new()
    {
        Create = LatencyRange.Seconds(0.3, 1),
        Attach = LatencyRange.Seconds(3, 5),
        MemberAttach = LatencyRange.Seconds(1, 2),
        Detach = LatencyRange.Seconds(3, 6),
        Delete = LatencyRange.Seconds(1, 2),
        Assign = LatencyRange.Seconds(0.3, 1),
        OtherCall = LatencyRange.Seconds(0.02, 0.1),
        MetadataLag = LatencyRange.Seconds(0.5, 2),
    };

    /// <summary>A bad day: as <see cref="Realistic"/>, with long tails, slow metadata and describes that lag behind.</summary>
    public static EmulatorLatencies Degraded { get; } = new()
    {
        Create = LatencyRange.Seconds(0.5, 3).WithTail(0.1, TimeSpan.FromSeconds(25)),
        Attach = LatencyRange.Seconds(4, 12).WithTail(0.1, TimeSpan.FromSeconds(90)),
        MemberAttach = LatencyRange.Seconds(2, 6).WithTail(0.1, TimeSpan.FromSeconds(45)),
        Detach = LatencyRange.Seconds(4, 15).WithTail(0.1, TimeSpan.FromSeconds(90)),
        Delete = LatencyRange.Seconds(2, 6).WithTail(0.1, TimeSpan.FromSeconds(45)),
        Assign = LatencyRange.Seconds(0.5, 3).WithTail(0.1, TimeSpan.FromSeconds(25)),
        OtherCall = LatencyRange.Seconds(0.05, 0.5).WithTail(0.05, TimeSpan.FromSeconds(5)),
        MetadataLag = LatencyRange.Seconds(2, 15),
        DescribeLag = LatencyRange.Seconds(0, 3),
    };

    /// <summary>The call that creates an ENI.</summary>
    public LatencyRange Create { get; init; }

    /// <summary>From Attaching to InUse.</summary>
    public LatencyRange Attach { get; init; }

    /// <summary>From Attaching to InUse for a trunk member.</summary>
    public LatencyRange MemberAttach { get; init; }

    /// <summary>From Detaching to Available.</summary>
    public LatencyRange Detach { get; init; }

    /// <summary>From Deleting to gone.</summary>
    public LatencyRange Delete { get; init; }

    /// <summary>A call that assigns or unassigns addresses.</summary>
    public LatencyRange Assign { get; init; }

    /// <summary>Any other call.</summary>
    public LatencyRange OtherCall { get; init; }

    /// <summary>From a change to the metadata service showing it.</summary>
    public LatencyRange MetadataLag { get; init; }

    /// <summary>How old what a describe of ENIs shows is: eventual consistency. Bounded by <see cref="CloudEmulatorOptions.MaxStaleness"/>.</summary>
    public LatencyRange DescribeLag { get; init; }
}
