namespace Terway.Cloud.Testing.Internal;

/// <summary>Who a request says it comes from, and how to check it.</summary>
internal sealed record Claim(string AccessKeyId, string? SecurityToken, string Date, string Nonce, Func<string, bool> IsSignedWith);
