using Microsoft.Extensions.Logging;

namespace Terwayd;

/// <summary>What the daemon logs. Ids are in blocks of a hundred by area and listed in docs/events.md; they never change their meaning.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "terwayd {Version} starts on node {Node}")]
    internal static partial void Starting(this ILogger logger, string version, string node);

    [LoggerMessage(1002, LogLevel.Warning, "configuration: {Warning}")]
    internal static partial void ConfigurationWarning(this ILogger logger, string warning);

    [LoggerMessage(1003, LogLevel.Information, "Node {Node} is instance {InstanceId} ({InstanceType}) in {ZoneId}, address {NodeAddress}")]
    internal static partial void NodeFound(
        this ILogger logger, string node, string instanceId, string instanceType, string zoneId, string nodeAddress);

    [LoggerMessage(1004, LogLevel.Information, "Serving the contract on {Socket}")]
    internal static partial void Serving(this ILogger logger, string socket);

    [LoggerMessage(1005, LogLevel.Information, "Published {Path}; changed: {Changed}")]
    internal static partial void ConflistPublished(this ILogger logger, string path, bool changed);

    [LoggerMessage(1006, LogLevel.Information, "Stopping: no new requests; those in flight may finish")]
    internal static partial void Stopping(this ILogger logger);

    [LoggerMessage(1007, LogLevel.Information, "Stopped; pods keep their network")]
    internal static partial void Stopped(this ILogger logger);

    [LoggerMessage(1008, LogLevel.Critical, "{Code}: {Reason}. {Hint}")]
    internal static partial void Failed(this ILogger logger, string code, string reason, string hint, Exception? cause);

    [LoggerMessage(1009, LogLevel.Critical, "A defect ends the daemon; its supervisor should start it again: {Trace}")]
    internal static partial void Broke(this ILogger logger, string trace);

    [LoggerMessage(1010, LogLevel.Information, "{Path} has changed: the node's vSwitches count from now on, the rest from the next start on")]
    internal static partial void ConfigurationChanged(this ILogger logger, string path);

    [LoggerMessage(2001, LogLevel.Information, "Pod {PodKey} ({ContainerId} {IfName}) holds {Address} on ENI {EniId}")]
    internal static partial void Allocated(
        this ILogger logger, string podKey, string containerId, string ifName, System.Net.IPAddress address, string eniId);

    [LoggerMessage(2002, LogLevel.Information, "Pod {PodKey} ({ContainerId} {IfName}) gave {Address} back: {Reason}")]
    internal static partial void Released(
        this ILogger logger, string podKey, string containerId, string ifName, System.Net.IPAddress address, string reason);

    [LoggerMessage(2003, LogLevel.Debug, "Pod {PodKey} ({ContainerId} {IfName}) holds nothing to give back")]
    internal static partial void NothingToRelease(this ILogger logger, string podKey, string containerId, string ifName);

    [LoggerMessage(2004, LogLevel.Information, "Collected {Count} attachments of network {Network}, {Kept} stay")]
    internal static partial void Collected(this ILogger logger, int count, string network, int kept);

    [LoggerMessage(2005, LogLevel.Warning, "{Operation} {Subject} refused: {Code}: {Reason}")]
    internal static partial void Refused(this ILogger logger, string operation, string subject, string code, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Connection of process {Pid} (user {Uid}): {Code}: {Reason}")]
    internal static partial void ConnectionIncident(this ILogger logger, int? pid, uint? uid, string code, string reason);

    [LoggerMessage(2007, LogLevel.Error, "Request {RequestId} met a defect: {Trace}")]
    internal static partial void Defect(this ILogger logger, string? requestId, string trace);

    [LoggerMessage(1101, LogLevel.Information, "ENI {EniId} is ready: link {IfName}, table {Table}")]
    internal static partial void EniReady(this ILogger logger, string eniId, string ifName, uint table);

    [LoggerMessage(1102, LogLevel.Information, "ENI {EniId} left: its routes are gone")]
    internal static partial void EniLeft(this ILogger logger, string eniId);

    [LoggerMessage(1104, LogLevel.Warning, "Links that DELs had put aside could not be deleted; tried again later")]
    internal static partial void LinksNotReaped(this ILogger logger, Exception cause);

    [LoggerMessage(1301, LogLevel.Information, "Manifests of {Folder}: {Count} objects, {Updated} changed, {Removed} gone")]
    internal static partial void ManifestsRead(this ILogger logger, string folder, int count, int updated, int removed);

    [LoggerMessage(1302, LogLevel.Warning, "Manifests: {Problem}")]
    internal static partial void ManifestProblem(this ILogger logger, string problem);

    [LoggerMessage(1303, LogLevel.Debug, "Network policy of revision {Revision} is in the kernel: {Events} events, {Modifications} modifications")]
    internal static partial void PolicyApplied(this ILogger logger, int events, int modifications, string revision);

    [LoggerMessage(1304, LogLevel.Error, "Network policy could not be put into the kernel; tried again: {Code}. {Hint}")]
    internal static partial void PolicyNotApplied(this ILogger logger, string code, string hint, Exception cause);

    [LoggerMessage(1305, LogLevel.Information, "The network policy of {PodKey} is in the kernel, {Milliseconds} ms after it was asked for")]
    internal static partial void PolicyStands(this ILogger logger, string podKey, double milliseconds);

    [LoggerMessage(1306, LogLevel.Warning, "The network policy of {PodKey} is in the kernel but for what it refused, which is closed: {Refused}")]
    internal static partial void PodClosed(this ILogger logger, string podKey, string refused);

    [LoggerMessage(1307, LogLevel.Warning, "The network policy of {PodKey} is not in the kernel after {Milliseconds} ms; until it is, the pod is closed ({Fallback})")]
    internal static partial void PolicyLate(this ILogger logger, string podKey, double milliseconds, string fallback);

    [LoggerMessage(1308, LogLevel.Information, "Network policy is off: {Reason}; rules of ours that were left are removed")]
    internal static partial void PolicyOff(this ILogger logger, string reason);

    [LoggerMessage(1309, LogLevel.Warning, "Rules of an earlier daemon could not be looked for: {Code}. {Hint}")]
    internal static partial void PolicyNotRemoved(this ILogger logger, string code, string hint, Exception cause);

    [LoggerMessage(1201, LogLevel.Information, "Settled a DEL of {PodKey} ({ContainerId} {IfName}) that had found no daemon")]
    internal static partial void SpoolSettled(this ILogger logger, string podKey, string containerId, string ifName);

    [LoggerMessage(1202, LogLevel.Warning, "The file {Path} is no pending DEL; it stays for a person to look at")]
    internal static partial void SpoolUnreadable(this ILogger logger, string path, Exception cause);

    [LoggerMessage(1203, LogLevel.Warning, "A pending DEL of {PodKey} ({ContainerId} {IfName}) could not be settled; tried again later")]
    internal static partial void SpoolNotSettled(this ILogger logger, string podKey, string containerId, string ifName, Exception cause);

    [LoggerMessage(1204, LogLevel.Information, "The kernel shows {Count} addresses of pods")]
    internal static partial void EvidenceRead(this ILogger logger, int count);

    [LoggerMessage(1205, LogLevel.Warning, "Repaired the host side of {PodKey}: {Differences}")]
    internal static partial void Repaired(this ILogger logger, string podKey, string differences);

    [LoggerMessage(1208, LogLevel.Warning, "Repaired the node's side of {EniId}: {Differences}")]
    internal static partial void EniRepaired(this ILogger logger, string eniId, string differences);

    [LoggerMessage(1209, LogLevel.Warning, "Removed rules that no pod accounts for: {Rules}")]
    internal static partial void StaleRulesRemoved(this ILogger logger, string rules);

    [LoggerMessage(1206, LogLevel.Warning, "Pod {PodKey} ({ContainerId} {IfName}) has neither link nor namespace any more; {Address} is given back")]
    internal static partial void PodVanished(
        this ILogger logger, string podKey, string containerId, string ifName, System.Net.IPAddress address);

    [LoggerMessage(1207, LogLevel.Error, "Reconciliation failed; the next round tries again")]
    internal static partial void ReconciliationFailed(this ILogger logger, Exception cause);
}
