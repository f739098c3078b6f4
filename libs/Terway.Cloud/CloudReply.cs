namespace Terway.Cloud;

/// <summary>The answer to a call that returns nothing but its acceptance.</summary>
/// <param name="RequestId">The cloud's id of the call.</param>
public readonly record struct CloudReply(RequestId RequestId);
