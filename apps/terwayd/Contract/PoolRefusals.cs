using Terway.Cni.Daemon;
using Terway.Ipam;

namespace Terwayd.Contract;

/// <summary>The pool's failures in the contract's words. Codes stay what they are, so that result, log and metric agree.</summary>
internal static class PoolRefusals
{
    internal static DaemonException ToRefusal(this IpamException e) => new(
        new DaemonError(Code(e.Code), $"{e.Operation} {e.Subject}: {e.Reason}", e.InnerException?.Message, e.Hint), e);

    internal static DaemonException ToRefusal(this PoolFault fault) => new(
        new DaemonError(Code(fault.Code), $"{fault.Operation} {fault.Subject}: {fault.Reason}", Details: null, fault.Hint));

    /// <summary>The daemon's own life has the contract's names; everything else keeps the pool's.</summary>
    private static ErrorCode Code(string code) => code switch
    {
        IpamErrorCode.PoolRecovering => ErrorCode.Starting,
        IpamErrorCode.PoolStopping => ErrorCode.Stopping,
        _ => new ErrorCode(code),
    };
}
