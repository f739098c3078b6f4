namespace Terway.Cloud.Testing;

/// <summary>A rule of a <see cref="FaultScript"/> and what became of it.</summary>
/// <param name="Id">Its name in the script.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Since">When it was added.</param>
/// <param name="Matched">How many calls it was about.</param>
/// <param name="Fired">How often it struck.</param>
/// <param name="InForce">Whether it may strike again.</param>
public sealed record FaultRuleState(string Id, FaultRule Rule, DateTimeOffset Since, int Matched, int Fired, bool InForce);
