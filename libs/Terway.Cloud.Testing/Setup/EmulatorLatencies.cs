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
}
