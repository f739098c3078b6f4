namespace Terway.Cloud.Testing;

/// <summary>What shall go wrong with one call.</summary>
public sealed record EmulatedFault
{
    private EmulatedFault(string kind) => Kind = kind;

    /// <summary>The request never arrives: nothing happens, and the connection is cut.</summary>
    public static EmulatedFault LoseRequest { get; } = new("lose-request") { RequestLost = true, ReplyLost = true };

    /// <summary>The call is carried out, and the connection is cut before the answer.</summary>
    public static EmulatedFault LoseReply { get; } = new("lose-reply") { ReplyLost = true };

    /// <summary>The call is accepted and its asynchronous part fails: an attach falls back to Available, a detach or delete hangs until it is sent again.</summary>
    public static EmulatedFault FailTransition { get; } = new("fail-transition") { TransitionFails = true };

    /// <summary>The call is refused for too many calls.</summary>
    public static EmulatedFault Throttle { get; } = new("throttle") { Status = 400, Code = "Throttling.User" };

    /// <summary>The call is refused because the vSwitch has no free address.</summary>
    public static EmulatedFault VSwitchFull { get; } = new("vswitch-full") { Status = 403, Code = "InvalidVSwitchId.IpNotEnough" };

    /// <summary>The call is refused because the instance has all ENIs that its type allows.</summary>
    public static EmulatedFault EniQuota { get; } = new("eni-quota") { Status = 403, Code = "EniPerInstanceLimitExceeded" };

    /// <summary>The call is refused because the caller's policy does not allow it.</summary>
    public static EmulatedFault PermissionRevoked { get; } = new("permission-revoked") { Status = 403, Code = "Forbidden.RAM" };

    /// <summary>The call is refused because its temporary key has ended.</summary>
    public static EmulatedFault CredentialExpired { get; } = new("credential-expired") { Status = 400, Code = "InvalidSecurityToken.Expired" };

    /// <summary>
    /// The network delivers the call twice. It is carried out twice, unless its client token says that it is the same, and the caller
    /// gets the answer to the second copy: a refusal, where the first had taken what there was.
    /// </summary>
    public static EmulatedFault Duplicate { get; } = new("duplicate") { Duplicated = true };

    /// <summary>What goes wrong, as fault rules in JSON name it.</summary>
    public string Kind { get; }

    /// <summary>The extra time before the call is carried out.</summary>
    public TimeSpan ExtraDelay { get; init; }

    /// <summary>The HTTP status of the refusal, if it is one.</summary>
    public int? Status { get; private init; }

    /// <summary>The error code of the refusal; empty when it is none.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The time that the fault is about, such as how long the caller gets no answer; null where it is about none.</summary>
    public TimeSpan? Time { get; private init; }

    internal bool RequestLost { get; private init; }

    internal bool ReplyLost { get; private init; }

    internal bool TransitionFails { get; private init; }

    internal bool TransitionSticks { get; private init; }

    internal bool Duplicated { get; private init; }

    /// <summary>Whether the refusal comes although the call was carried out.</summary>
    internal bool AfterEffect { get; private init; }

    internal TimeSpan Silence { get; private init; }

    internal TimeSpan Staleness { get; private init; }

    /// <summary>The call is refused with an error of the cloud; nothing happens.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code.</param>
    public static EmulatedFault Refuse(int status, string code) => new("refuse") { Status = status, Code = code };

    /// <summary>The call is carried out and answered with an error of the cloud all the same.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code.</param>
    public static EmulatedFault RefuseAfterEffect(int status, string code) => new("refuse-after-effect") { Status = status, Code = code, AfterEffect = true };

    /// <summary>The call takes longer and is then carried out.</summary>
    /// <param name="time">The extra time.</param>
    public static EmulatedFault Delay(TimeSpan time) => new("delay") { ExtraDelay = time, Time = time };

    /// <summary>The call is carried out in its usual time, and the caller hears nothing: its own time-out must end it.</summary>
    /// <param name="time">After this the connection is cut. A caller in memory gets its time-out then.</param>
    public static EmulatedFault TimeOut(TimeSpan time) => new("time-out") { ReplyLost = true, Silence = time, Time = time };

    /// <summary>A describe of ENIs shows them as they were some time ago; other calls are not touched.</summary>
    /// <param name="age">How long ago, up to <see cref="CloudEmulatorOptions.MaxStaleness"/>.</param>
    public static EmulatedFault Stale(TimeSpan age) => new("stale") { Staleness = age, Time = age };

    /// <summary>The call is accepted and its asynchronous part hangs: the ENI stays Attaching, Detaching or Deleting.</summary>
    /// <param name="time">How much longer it takes; null for until it is sent again, or <see cref="CloudEmulator.CompleteTransition"/>.</param>
    public static EmulatedFault StickTransition(TimeSpan? time = null) =>
        new("stick-transition") { TransitionSticks = true, Time = time };
}
