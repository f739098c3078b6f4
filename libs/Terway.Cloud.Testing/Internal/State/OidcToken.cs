using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Service account tokens: JSON web tokens, signed by HMAC-SHA256 where a real cluster signs by RSA.</summary>
internal static class OidcToken
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    internal static string Issue(OidcProvider provider, string subject, string audience, DateTimeOffset end)
    {
        var payload = new JsonObject { ["iss"] = provider.Issuer, ["sub"] = subject, ["aud"] = new JsonArray(audience), ["exp"] = end.ToUnixTimeSeconds() };
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()))}";
        return $"{text}.{Signature(provider, text)}";
    }

    /// <summary>The subject of a token that is good; refuses every other.</summary>
    internal static string Check(OidcProvider provider, string token, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Read(parts[0]) is null || Read(parts[1]) is not { } payload
            || payload["sub"]?.GetValueKind() != JsonValueKind.String || payload["exp"]?.GetValueKind() != JsonValueKind.Number)
            throw Failed("Invalid", "The token is not a JSON web token.");
        var expected = Signature(provider, $"{parts[0]}.{parts[1]}");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(parts[2])))
            throw Failed("InvalidSignature", "The token is not signed by the issuer.");
        if (payload["exp"]!.GetValue<long>() <= now.ToUnixTimeSeconds())
            throw Failed("Expired", "The token is expired.");
        return Audiences(payload["aud"]).Contains(provider.ClientId, StringComparer.Ordinal)
            ? payload["sub"]!.GetValue<string>()
            : throw Failed("AudienceNotMatch", $"The token is not for {provider.ClientId}.");
    }

    private static string Signature(OidcProvider provider, string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(provider.Key, Encoding.ASCII.GetBytes(text)));

    private static JsonObject? Read(string part)
    {
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Audiences(JsonNode? aud) => aud switch
    {
        JsonArray many => many.Select(a => a?.ToString() ?? ""),
        null => [],
        _ => [aud.ToString()],
    };

    private static Refusal Failed(string what, string message) => new(401, $"AuthenticationFail.OIDCToken.{what}", message);
}
