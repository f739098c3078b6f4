namespace Terway.Cloud.Testing.Internal;

/// <summary>Who a request says it comes from, and how to check it. A class: a record would print the token.</summary>
internal sealed class Claim(string accessKeyId, string? securityToken, string date, string nonce, Func<string, bool> isSignedWith)
{
    internal string AccessKeyId { get; } = accessKeyId;

    internal string? SecurityToken { get; } = securityToken;

    internal string Date { get; } = date;

    internal string Nonce { get; } = nonce;

    internal Func<string, bool> IsSignedWith { get; } = isSignedWith;
}
