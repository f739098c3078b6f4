using System.Collections.Frozen;

namespace Terway.Cloud.Alibaba;

/// <summary>What each error code means to a caller: one row per code or family of codes.</summary>
internal static class ErrorTable
{
    /// <summary>Every attempt has a nonce of its own, so only a copy of a request can meet this.</summary>
    internal const string NonceUsed = "SignatureNonceUsed";

    private const string ClockHint = "Set the clock of this machine: it is more than 15 minutes off.";
    private const string KeyHint = "Check the access key, or the RAM role of the instance.";
    private const string TrustHint = "Check the role's trust policy, its OIDC provider, and the audience of the service account token.";
    private const string RamHint = "Allow the action in the RAM policy of the key or of the instance's role.";

    private static readonly FrozenDictionary<string, ErrorEntry> ByCode = new Dictionary<string, ErrorEntry>
    {
        // Before any business logic.
        ["InternalError"] = new(CloudErrorKind.Retryable),
        ["ServiceUnavailable"] = new(CloudErrorKind.Retryable),
        [NonceUsed] = new(CloudErrorKind.Retryable),
        ["InvalidTimeStamp.Expired"] = new(CloudErrorKind.Permission, Hint: ClockHint),
        ["SignatureDoesNotMatch"] = new(CloudErrorKind.Permission, Hint: KeyHint),
        ["IncompleteSignature"] = new(CloudErrorKind.Permission, Hint: KeyHint),
        ["InvalidAccessKeyId.NotFound"] = new(CloudErrorKind.Permission, Hint: KeyHint),
        ["InvalidAccessKeyId.Inactive"] = new(CloudErrorKind.Permission, Hint: KeyHint),
        ["AuthenticationFail.NoPermission"] = new(CloudErrorKind.Permission, Hint: TrustHint),
        ["AuthenticationFail.OIDCToken.Expired"] = new(CloudErrorKind.Retryable, Hint: "The projected service account token is renewed by the kubelet; look at the file and at this machine's clock if it stays."),
        ["MissingSecurityToken"] = new(CloudErrorKind.Permission, Hint: KeyHint),
        ["InvalidApi.NotFound"] = new(CloudErrorKind.Invalid),
        ["Forbidden.RegionId"] = new(CloudErrorKind.Invalid),
        ["Abs.InvalidAccount.NotFound"] = new(CloudErrorKind.Permission),
        ["LastTokenProcessing"] = new(CloudErrorKind.Conflict),

        // Limits.
        ["EniPerInstanceLimitExceeded"] = Limit(CloudQuota.EniPerInstance, "Take an instance type with more ENIs, or run fewer pods here."),
        ["MaxEniCountExceeded"] = Limit(CloudQuota.EniPerRegion, "Raise the ENI quota of the account in the Quota Center."),
        ["InvalidOperation.Ipv4CountExceeded"] = Limit(CloudQuota.Ipv4PerEni),
        ["MaxEniPrivateIpsCountExceeded"] = Limit(CloudQuota.Ipv4PerEni),
        ["InvalidOperation.Ipv6CountExceeded"] = Limit(CloudQuota.Ipv6PerEni),
        ["MaxEniIpv6IpsCountExceeded"] = Limit(CloudQuota.Ipv6PerEni),
        ["SecurityGroupInstanceLimitExceed"] = Limit(CloudQuota.SecurityGroupMembers, "Use an enterprise security group or a further one."),
        ["InvalidOperation.EniCountExceeded"] = Limit(CloudQuota.SecurityGroupMembers, "Use a further security group."),
        ["InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded"] = Limit(CloudQuota.ErdmaPerInstance, "Take an instance type with more ERDMA interfaces."),
        ["InvalidOperation.InstanceTypeNotSupportHighPerformance"] = Limit(CloudQuota.ErdmaPerInstance, "Take an instance type with ERDMA interfaces."),
        ["JoinedGroupLimitExceed"] = Limit(CloudQuota.SecurityGroupsPerEni),
        ["QuotaExceed.Tags"] = Limit(CloudQuota.Tags),
        ["InvalidVSwitchId.IpNotEnough"] = new(CloudErrorKind.VSwitchFull, Hint: "Add another vSwitch of this zone to the configuration."),
        ["QuotaExceeded.PrivateIpAddress"] = new(CloudErrorKind.VSwitchFull, Hint: "Add another vSwitch of this zone to the configuration."),

        // States.
        ["Operation.Conflict"] = new(CloudErrorKind.Conflict),
        ["OperationConflict"] = new(CloudErrorKind.Conflict),
        ["InvalidOperation.Conflict"] = new(CloudErrorKind.Conflict),
        ["InvalidOperation.InvalidEniState"] = new(CloudErrorKind.InvalidState),
        ["InvalidOperation.InvalidEcsState"] = new(CloudErrorKind.InvalidState),
        ["InvalidOperation.InvalidTrunkEniStatus"] = new(CloudErrorKind.InvalidState),
        ["InvalidOperation.HasMemberEniAttached"] = new(CloudErrorKind.InvalidState),
        ["InvalidOperation.EniHotPlugNotSupported"] = new(CloudErrorKind.InvalidState, Hint: "Stop the instance: a high-performance ENI is detached only then."),
        ["InvalidOperation.EniLinked"] = new(CloudErrorKind.InvalidState),
        ["InvalidParameter.EniNotBelongEcs"] = new(CloudErrorKind.InvalidState),
        ["InvalidParameter.EniNotBelongTrunk"] = new(CloudErrorKind.InvalidState),
        ["IncorrectVSwitchStatus"] = new(CloudErrorKind.InvalidState),
        ["InvalidIp.IpUnassigned"] = new(CloudErrorKind.NotFound),
    }.ToFrozenDictionary();

    /// <summary>Families, tried in order after the exact codes.</summary>
    private static readonly (string Prefix, ErrorEntry Entry)[] ByPrefix =
    [
        ("Throttling", new(CloudErrorKind.Throttled)),
        ("Forbidden", new(CloudErrorKind.Permission, Hint: RamHint)),
        // So are they misspelt in the tables of the IPv6 actions.
        ("Forbbiden", new(CloudErrorKind.Permission, Hint: RamHint)),
        ("Forbedden", new(CloudErrorKind.Permission, Hint: RamHint)),
        ("AuthenticationFail", new(CloudErrorKind.Permission, Hint: TrustHint)),
        ("NoPermission", new(CloudErrorKind.Permission, Hint: RamHint)),
        ("InvalidSecurityToken", new(CloudErrorKind.Permission, Hint: KeyHint)),
        ("QuotaExceed", Limit(CloudQuota.Other)),
        ("TaskConflict", new(CloudErrorKind.Conflict)),
    ];

    private static readonly ErrorEntry NotFound = new(CloudErrorKind.NotFound);

    /// <summary>What a code means, or null when neither it nor its family is known.</summary>
    internal static ErrorEntry? Find(string code)
    {
        if (ByCode.TryGetValue(code, out var entry))
            return entry;
        foreach (var (prefix, family) in ByPrefix)
        {
            if (code.StartsWith(prefix, StringComparison.Ordinal))
                return family;
        }
        return code.EndsWith(".NotFound", StringComparison.Ordinal) ? NotFound : null;
    }

    /// <summary>Whether a code says that the key itself is no longer taken, so that another one may be.</summary>
    internal static bool KeyIsOver(string code) =>
        code.StartsWith("InvalidSecurityToken", StringComparison.Ordinal) || code.StartsWith("InvalidAccessKeyId", StringComparison.Ordinal);

    /// <summary>What an unknown code means by its HTTP status.</summary>
    internal static ErrorEntry ForStatus(int httpStatus) => httpStatus switch
    {
        429 => new(CloudErrorKind.Throttled),
        401 => new(CloudErrorKind.Permission),
        >= 500 => new(CloudErrorKind.Retryable),
        _ => new(CloudErrorKind.Invalid),
    };

    private static ErrorEntry Limit(CloudQuota quota, string? hint = null) => new(CloudErrorKind.Quota, quota, hint);
}
