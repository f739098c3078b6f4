using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>Tells failures of the daemon and of the kernel in CNI's words. The stable name of the failure stays the same.</summary>
internal static class Failures
{
    public static CniException Of(string attempt, DaemonException e, string requestId) => new(
        e.Code.IsPermanent ? CniErrorCode.Refused : CniErrorCode.TryAgainLater,
        $"{attempt}: {e.Error.Message}", Details(e.Error.Details, requestId), e.Error.Hint, e.Code.Value, e);

    public static CniException Of(string attempt, DatapathException e, string requestId) => new(
        e.Error switch
        {
            DatapathError.EniNotFound => CniErrorCode.TryAgainLater,
            DatapathError.KernelRefused => CniErrorCode.KernelFailure,
            _ => CniErrorCode.Refused,
        },
        $"{attempt}: {e.Message}", Details(e.InnerException?.Message, requestId), reason: e.Error.ToString(), innerException: e);

    public static CniException Of(string attempt, NetlinkException e, string requestId) => new(
        CniErrorCode.KernelFailure, $"{attempt}: {e.Message}", Details(null, requestId), reason: nameof(DatapathError.KernelRefused), innerException: e);

    /// <summary>STATUS has numbers of its own: an ADD would fail, and do the pods that exist still have their network?</summary>
    public static CniException OfStatus(DaemonException e, string requestId) => new(
        e.Code == ErrorCode.EniNotFound || e.Code == ErrorCode.KernelRefused
            ? CniErrorCode.NotAvailableLimitedConnectivity
            : CniErrorCode.NotAvailable,
        $"an ADD would fail now: {e.Error.Message}", Details(e.Error.Details, requestId), e.Error.Hint, e.Code.Value, e);

    private static string Details(string? text, string requestId) => text is null ? $"request {requestId}" : $"{text}; request {requestId}";
}
