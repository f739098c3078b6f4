using Terway.Cloud;

namespace Terway.Ipam.Internal;

/// <summary>What a cloud error stops.</summary>
internal enum ReactionScope
{
    /// <summary>All actions of its kind.</summary>
    Action,

    /// <summary>Actions on the one ENI.</summary>
    Eni,

    /// <summary>The use of the vSwitch.</summary>
    VSwitch,
}

/// <summary>For how long.</summary>
internal enum ReactionLength
{
    /// <summary>A back-off that grows with the failures in a row.</summary>
    Growing,

    /// <summary><see cref="EniPoolOptions.QuotaPause"/>.</summary>
    Quota,

    /// <summary><see cref="EniPoolOptions.RefusalPause"/>.</summary>
    Refusal,

    /// <summary><see cref="EniPoolOptions.VSwitchSetAside"/>.</summary>
    SetAside,
}

/// <summary>How the pool answers each kind of cloud error, as one table.</summary>
internal readonly record struct CloudReaction(string Code, FaultOwner Owner, ReactionScope Scope, ReactionLength Length, string Hint)
{
    public static CloudReaction For(CloudErrorKind kind) => kind switch
    {
        CloudErrorKind.Throttled => new(IpamErrorCode.CloudThrottled, FaultOwner.Throttle, ReactionScope.Action, ReactionLength.Growing,
            "The pool slows down by itself; fewer nodes growing at once, or a higher API quota of the account, would help."),
        CloudErrorKind.Retryable => new(IpamErrorCode.CloudUnavailable, FaultOwner.CloudFault, ReactionScope.Action, ReactionLength.Growing,
            "The pool tries again by itself; if it goes on, give the request id to the cloud's support."),
        CloudErrorKind.Ambiguous => new(IpamErrorCode.CloudUnavailable, FaultOwner.CloudFault, ReactionScope.Action, ReactionLength.Growing,
            "Check the node's way to the API endpoint; the pool finds out by itself whether the call took effect."),
        CloudErrorKind.Conflict => new(IpamErrorCode.CloudUnavailable, FaultOwner.CloudFault, ReactionScope.Eni, ReactionLength.Growing,
            "Another operation on the same ENI is running; the pool tries again by itself."),
        CloudErrorKind.InvalidState => new(IpamErrorCode.CloudUnavailable, FaultOwner.CloudFault, ReactionScope.Eni, ReactionLength.Growing,
            "The ENI or the instance is not in the state that the pool expected; the pool looks and tries again."),
        CloudErrorKind.Quota => new(IpamErrorCode.QuotaExceeded, FaultOwner.Quota, ReactionScope.Action, ReactionLength.Quota,
            "Raise the quota in the cloud's quota centre, or use a larger instance type."),
        CloudErrorKind.VSwitchFull => new(IpamErrorCode.VSwitchExhausted, FaultOwner.VSwitch, ReactionScope.VSwitch, ReactionLength.SetAside,
            "Add a vSwitch of the node's zone to the configuration (vswitches), or free addresses in this one."),
        CloudErrorKind.Permission => new(IpamErrorCode.PermissionDenied, FaultOwner.Permission, ReactionScope.Action, ReactionLength.Refusal,
            "Grant the node's role this action."),
        CloudErrorKind.NotFound => new(IpamErrorCode.CloudRefused, FaultOwner.Configuration, ReactionScope.Action, ReactionLength.Refusal,
            "Check that what the configuration names exists: vSwitches, security groups, resource group."),
        _ => new(IpamErrorCode.CloudRefused, FaultOwner.Configuration, ReactionScope.Action, ReactionLength.Refusal,
            "Check the configuration: vSwitches, security groups, tags, resource group."),
    };

    public PoolFault ToFault(CloudApiException error, string subject, DateTimeOffset now) => new()
    {
        Code = Code,
        Operation = error.Action,
        Subject = subject,
        Reason = $"{error.Code}: {error.CloudMessage}{(error.RequestId is { } id ? $" [request {id}]" : "")}",
        Hint = error.Hint ?? Hint,
        Owner = Owner,
        At = now,
    };
}
