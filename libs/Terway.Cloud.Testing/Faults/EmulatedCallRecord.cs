namespace Terway.Cloud.Testing;

/// <summary>A call that has been answered.</summary>
/// <param name="Call">The call.</param>
/// <param name="RequestId">The id it was given.</param>
/// <param name="ErrorCode">The code it was refused with; null when it was carried out.</param>
/// <param name="ReplyLost">Whether the caller got no answer.</param>
public sealed record EmulatedCallRecord(EmulatedCall Call, RequestId RequestId, string? ErrorCode, bool ReplyLost)
{
    /// <summary>What went wrong with it by a fault policy or rule; null when nothing did.</summary>
    public EmulatedFault? Fault { get; init; }

    /// <summary>The rule of <see cref="CloudEmulator.Faults"/> that struck, if one did.</summary>
    public string? FaultRuleId { get; init; }
}
