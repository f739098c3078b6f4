namespace Terway.Cloud;

/// <summary>What a caller can do about a failed call.</summary>
public enum CloudErrorKind
{
    /// <summary>The request itself is wrong; the same request will fail again.</summary>
    Invalid,

    /// <summary>The cloud had a fault of its own and nothing was changed: the same call may be made again after a moment.</summary>
    Retryable,

    /// <summary>Too many calls: nothing was changed, slow down.</summary>
    Throttled,

    /// <summary>A limit is reached; <see cref="CloudApiException.Quota"/> says which.</summary>
    Quota,

    /// <summary>The vSwitch has no free address: take another one.</summary>
    VSwitchFull,

    /// <summary>What the call is about does not exist; for a delete, detach or unassign that means done.</summary>
    NotFound,

    /// <summary>Another operation on the same thing is running: try again after a moment.</summary>
    Conflict,

    /// <summary>The credentials may not do this, or are not accepted.</summary>
    Permission,

    /// <summary>The ENI or the instance is not in a state that allows this.</summary>
    InvalidState,

    /// <summary>No usable answer to a change: it may or may not have happened. Look before doing it again, or repeat it with the same token.</summary>
    Ambiguous,
}
