namespace Terway.Ipam;

/// <summary>The stable codes of <see cref="IpamException"/>; the same text in a CNI result, a log line and a metric.</summary>
public static class IpamErrorCode
{
    /// <summary>Every address that the node may have is held by a pod.</summary>
    public const string PoolExhausted = nameof(PoolExhausted);

    /// <summary>No vSwitch that the pool may use has a free address.</summary>
    public const string VSwitchExhausted = nameof(VSwitchExhausted);

    /// <summary>The cloud refuses another ENI or address because of a quota.</summary>
    public const string QuotaExceeded = nameof(QuotaExceeded);

    /// <summary>The credentials lack a permission that growing the pool needs.</summary>
    public const string PermissionDenied = nameof(PermissionDenied);

    /// <summary>The cloud throttles the calls that would grow the pool.</summary>
    public const string CloudThrottled = nameof(CloudThrottled);

    /// <summary>The cloud failed, or cannot be reached.</summary>
    public const string CloudUnavailable = nameof(CloudUnavailable);

    /// <summary>The cloud refuses the request as wrong: an unknown security group, for example.</summary>
    public const string CloudRefused = nameof(CloudRefused);

    /// <summary>No address became ready within the bounded wait.</summary>
    public const string LeaseTimeout = nameof(LeaseTimeout);

    /// <summary>More requests wait than the queue may hold.</summary>
    public const string TooManyWaiting = nameof(TooManyWaiting);

    /// <summary>The request asks for a family that the pool is not configured for.</summary>
    public const string FamilyUnsupported = nameof(FamilyUnsupported);

    /// <summary>The attachment was released while its request still waited.</summary>
    public const string LeaseWithdrawn = nameof(LeaseWithdrawn);

    /// <summary>No lease is held by the attachment.</summary>
    public const string LeaseNotFound = nameof(LeaseNotFound);

    /// <summary>The pool has not finished its recovery.</summary>
    public const string PoolRecovering = nameof(PoolRecovering);

    /// <summary>The pool is shutting down.</summary>
    public const string PoolStopping = nameof(PoolStopping);

    /// <summary>An address that a pod holds is no longer assigned to its ENI in the cloud.</summary>
    public const string AddressLost = nameof(AddressLost);

    /// <summary>An ENI that pods use is no longer attached to this instance.</summary>
    public const string EniLost = nameof(EniLost);

    /// <summary>An ENI stayed in a transitional state for too long.</summary>
    public const string EniStuck = nameof(EniStuck);

    /// <summary>The link of an attached ENI did not appear, or could not be made ready.</summary>
    public const string EniNotReady = nameof(EniNotReady);

    /// <summary>An ENI is in other security groups than the configured ones; it is reported and never changed.</summary>
    public const string SecurityGroupDrift = nameof(SecurityGroupDrift);

    /// <summary>The instance type is unknown, or too small for a pool.</summary>
    public const string InstanceTypeUnusable = nameof(InstanceTypeUnusable);

    /// <summary>The metadata service did not answer, or answered nonsense.</summary>
    public const string MetadataUnavailable = nameof(MetadataUnavailable);

    /// <summary>The store's content cannot be read. Nothing was changed.</summary>
    public const string StoreCorrupt = nameof(StoreCorrupt);

    /// <summary>The disk under the store is full.</summary>
    public const string StoreFull = nameof(StoreFull);

    /// <summary>Another process has the store open.</summary>
    public const string StoreLocked = nameof(StoreLocked);

    /// <summary>The store was written by a newer version.</summary>
    public const string StoreTooNew = nameof(StoreTooNew);

    /// <summary>The store belongs to another instance: the disk was copied.</summary>
    public const string StoreForeign = nameof(StoreForeign);

    /// <summary>The store cannot be opened, read or written for another reason.</summary>
    public const string StoreUnavailable = nameof(StoreUnavailable);
}
