using System.Net;
using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Ipam.States;

namespace Terway.Ipam;

/// <summary>The log lines of the pool; event ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "The pool is ready: {Leases} leases on {Enis} ENIs, {Doubts} of them to be looked up in the cloud")]
    public static partial void Recovered(this ILogger log, int leases, int enis, int doubts);

    [LoggerMessage(3001, LogLevel.Debug, "Leased {Address} of {EniId} to {PodKey} ({Attachment})")]
    public static partial void Leased(this ILogger log, PodKey podKey, AttachmentKey attachment, IPAddress address, EniId eniId);

    [LoggerMessage(3002, LogLevel.Debug, "Released {Address} of {PodKey} ({Attachment}); it rests until {Until}")]
    public static partial void Released(this ILogger log, PodKey podKey, AttachmentKey attachment, IPAddress address, DateTimeOffset until);

    [LoggerMessage(3003, LogLevel.Warning, "No address for {PodKey} ({Attachment}): {Reason} ({Code}) [request {RequestId}]")]
    public static partial void LeaseFailed(this ILogger log, PodKey podKey, AttachmentKey attachment, string code, string reason, string? requestId);

    [LoggerMessage(3010, LogLevel.Information, "{Action} because {Reason}")]
    public static partial void Acting(this ILogger log, string action, string reason);

    [LoggerMessage(3011, LogLevel.Debug, "{Eni} is {State}")]
    public static partial void EniMoved(this ILogger log, string eni, EniState state);

    [LoggerMessage(3012, LogLevel.Information, "{EniId} was created in {VSwitchId} with {Addresses} addresses [request {RequestId}]")]
    public static partial void EniCreated(this ILogger log, EniId eniId, VSwitchId vSwitchId, int addresses, RequestId requestId);

    [LoggerMessage(3013, LogLevel.Information, "{EniId} is ready")]
    public static partial void EniReady(this ILogger log, EniId eniId);

    [LoggerMessage(3014, LogLevel.Information, "{Eni} is gone")]
    public static partial void EniGone(this ILogger log, string eni);

    [LoggerMessage(3015, LogLevel.Information, "{EniId} got {Addresses} addresses [request {RequestId}]")]
    public static partial void Assigned(this ILogger log, EniId eniId, int addresses, RequestId requestId);

    [LoggerMessage(3016, LogLevel.Information, "{EniId} gave {Addresses} addresses back")]
    public static partial void Unassigned(this ILogger log, EniId eniId, int addresses);

    [LoggerMessage(3017, LogLevel.Information, "{Eni} was found in the cloud as {Status} and is taken over")]
    public static partial void Adopted(this ILogger log, string eni, EniStatus status);

    [LoggerMessage(3018, LogLevel.Warning, "{EniId} has this node's tags but is attached to {InstanceId}; it is left alone")]
    public static partial void AttachedElsewhere(this ILogger log, EniId eniId, InstanceId instanceId);

    [LoggerMessage(3019, LogLevel.Information, "{Eni} is {Exclusion}")]
    public static partial void ExclusionChanged(this ILogger log, string eni, string exclusion);

    [LoggerMessage(3020, LogLevel.Warning, "{Operation} on {Subject}: {Reason} ({Code})")]
    public static partial void CloudFailed(this ILogger log, string operation, string subject, string reason, string code);

    [LoggerMessage(3021, LogLevel.Error, "{Reason} ({Code}). {Hint}")]
    public static partial void Lost(this ILogger log, string reason, string code, string hint);

    [LoggerMessage(3022, LogLevel.Warning, "The node could not prepare {EniId}")]
    public static partial void PrepareFailed(this ILogger log, EniId eniId, Exception error);

    [LoggerMessage(3023, LogLevel.Warning, "The node could not remove what it had prepared for {EniId}")]
    public static partial void RemoveFailed(this ILogger log, EniId eniId, Exception error);

    [LoggerMessage(3024, LogLevel.Error, "The store refused a change about {Subject} ({Code})")]
    public static partial void StoreFailed(this ILogger log, string code, string subject, Exception error);

    [LoggerMessage(3025, LogLevel.Warning, "The kernel shows {Address} in use, but no lease explains it; it is kept back")]
    public static partial void Unexplained(this ILogger log, IPAddress address);

    [LoggerMessage(3026, LogLevel.Warning, "{Eni} is in the security groups {Found}, and the configuration wants {Wanted}; it is not changed")]
    public static partial void Drifted(this ILogger log, string eni, string found, string wanted);

    [LoggerMessage(3027, LogLevel.Information, "The vSwitches of the pool are now {VSwitches}")]
    public static partial void VSwitchesChanged(this ILogger log, string vSwitches);

    [LoggerMessage(3030, LogLevel.Debug, "A call was given up because the pool stops; the next start finds out what became of it")]
    public static partial void Abandoned(this ILogger log);

    [LoggerMessage(3031, LogLevel.Critical, "An action of the pool failed in a way that it should not; the pool stops")]
    public static partial void ActionBroke(this ILogger log, Exception error);
}
