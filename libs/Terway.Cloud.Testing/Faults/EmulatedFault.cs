namespace Terway.Cloud.Testing;

/// <summary>What shall go wrong with one call.</summary>
public sealed record EmulatedFault
{
    private EmulatedFault()
    {
    }

    /// <summary>The request never arrives: nothing happens, and the caller gets no answer.</summary>
    public static EmulatedFault LoseRequest { get; } = new() { RequestLost = true, ReplyLost = true };

    /// <summary>The call is carried out, and the caller gets no answer.</summary>
    public static EmulatedFault LoseReply { get; } = new() { ReplyLost = true };

    /// <summary>The call is accepted and its asynchronous part fails: an attach falls back to Available, a detach or delete hangs until it is sent again.</summary>
    public static EmulatedFault FailTransition { get; } = new() { TransitionFails = true };

    /// <summary>The call is refused for too many calls.</summary>
    public static EmulatedFault Throttle { get; } = Refuse(400, "Throttling.User");

    /// <summary>The extra time before the call is carried out.</summary>
    public TimeSpan ExtraDelay { get; init; }

    internal int? Status { get; private init; }

    internal string Code { get; private init; } = "";

    internal bool RequestLost { get; private init; }

    internal bool ReplyLost { get; private init; }

    internal bool TransitionFails { get; private init; }

    /// <summary>The call is refused with an error of the cloud; nothing happens.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code.</param>
    public static EmulatedFault Refuse(int status, string code) => new() { Status = status, Code = code };

    /// <summary>The call takes longer and is then carried out.</summary>
    /// <param name="time">The extra time.</param>
    public static EmulatedFault Delay(TimeSpan time) => new() { ExtraDelay = time };
}
