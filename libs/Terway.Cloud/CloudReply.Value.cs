namespace Terway.Cloud;

/// <summary>The answer to a call.</summary>
/// <typeparam name="T">What the call returns.</typeparam>
/// <param name="Value">What the call returned.</param>
/// <param name="RequestId">The cloud's id of the call.</param>
public readonly record struct CloudReply<T>(T Value, RequestId RequestId);
