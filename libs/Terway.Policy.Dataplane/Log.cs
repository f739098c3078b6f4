using Microsoft.Extensions.Logging;

namespace Terway.Policy.Dataplane;

/// <summary>The log lines of the policy dataplane; event ids 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "The kernel refuses {Subject}: {Reason} ({Code}); what depends on it denies. {Hint}")]
    public static partial void Refused(this ILogger log, string subject, string reason, string code, string hint);

    [LoggerMessage(5002, LogLevel.Information, "The kernel takes {Subject} again")]
    public static partial void Recovered(this ILogger log, string subject);

    [LoggerMessage(5003, LogLevel.Warning, "Somebody changed what policy put into the kernel; {Modifications} changes mended it")]
    public static partial void Repaired(this ILogger log, int modifications);

    [LoggerMessage(5004, LogLevel.Error, "Policy could not be compared with the kernel ({Code}); tried again in {Delay}. {Hint}")]
    public static partial void RepairFailed(this ILogger log, string code, TimeSpan delay, string hint, Exception exception);
}
