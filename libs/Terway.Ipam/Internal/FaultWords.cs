namespace Terway.Ipam.Internal;

/// <summary>Turns faults into exceptions and back; both carry the same facts.</summary>
internal static class FaultWords
{
    public static IpamException ToException(this PoolFault fault, string operation, string subject)
    {
        var reason = fault.Operation == "grow" ? fault.Reason : $"{fault.Operation} on {fault.Subject} failed: {fault.Reason}";
        return new IpamException(fault.Code, operation, subject, reason, fault.Hint, fault.Owner);
    }

    public static PoolFault ToFault(this IpamException error, string subject, DateTimeOffset now) => new()
    {
        Code = error.Code,
        Operation = error.Operation,
        Subject = subject,
        Reason = error.Reason,
        Hint = error.Hint,
        Owner = error.Owner,
        At = now,
    };
}
