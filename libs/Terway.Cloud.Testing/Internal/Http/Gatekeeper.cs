using System.Globalization;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Lets only requests in that are signed by a known key, fresh, new and allowed.</summary>
internal sealed class Gatekeeper(CloudEmulator emulator)
{
    private static readonly TimeSpan ClockWindow = TimeSpan.FromMinutes(15);

    /// <summary>The nonces of the clock's window, oldest first. Used under the world's lock.</summary>
    private readonly Queue<(DateTimeOffset Seen, string Nonce)> _order = new();
    private readonly HashSet<string> _nonces = [];

    internal void Check(RpcMessage message, string action)
    {
        var claim = message.Header("authorization") is not null ? Acs3Check.Read(message) : HmacSha1Check.Read(message);
        lock (emulator.World.Gate)
        {
            var now = emulator.World.Now;
            CheckDate(claim.Date, now);
            if (claim.Nonce.Length == 0)
                throw Refusal.Missing("SignatureNonce");
            if (!emulator.Keys.TryFind(claim.AccessKeyId, out var key))
                throw new Refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
            CheckToken(claim, key, now);
            if (!claim.IsSignedWith(key.Credential.AccessKeySecret))
                throw new Refusal(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.");
            if (!Remember(claim.AccessKeyId + "/" + claim.Nonce, now))
                throw new Refusal(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
            if (!key.Allows(action))
                throw Refusal.Denied(RpcRoutes.ProductOf(action), action, claim.AccessKeyId);
        }
    }

    private static void CheckDate(string text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            throw new Refusal(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        if ((now - date).Duration() > ClockWindow)
            throw new Refusal(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
    }

    private static void CheckToken(Claim claim, AccessKey key, DateTimeOffset now)
    {
        var expected = key.Credential.SecurityToken;
        if (expected is not null && string.IsNullOrEmpty(claim.SecurityToken))
            throw new Refusal(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
        if (claim.SecurityToken is { Length: > 0 } given && given != expected)
            throw new Refusal(400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatches the AccessKey.");
        if (key.Credential.Expiration <= now)
            throw new Refusal(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }

    private bool Remember(string nonce, DateTimeOffset now)
    {
        // A nonce older than twice the window belongs to a date that is refused anyway.
        while (_order.TryPeek(out var oldest) && now - oldest.Seen > 2 * ClockWindow)
            _nonces.Remove(_order.Dequeue().Nonce);
        if (!_nonces.Add(nonce))
            return false;
        _order.Enqueue((now, nonce));
        return true;
    }
}
