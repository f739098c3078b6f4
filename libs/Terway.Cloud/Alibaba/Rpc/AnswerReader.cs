using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Terway.Cloud.Alibaba;

/// <summary>Reads answers and error bodies; whatever the bytes are, the outcome is a value or a <see cref="CloudApiException"/>.</summary>
internal static class AnswerReader
{
    internal static CloudReply<T> Read<TWire, T>(string action, RpcAnswer answer, JsonTypeInfo<TWire> json, Func<TWire, T> convert)
        where TWire : class, IWireAnswer
    {
        if (answer.Status is < 200 or > 299)
            throw ReadError(action, answer);
        try
        {
            var wire = JsonSerializer.Deserialize(answer.Body, json) ?? throw new FormatException("The answer is null.");
            return new CloudReply<T>(convert(wire), new RequestId(wire.RequestId ?? answer.RequestId ?? ""));
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw AlibabaErrors.NoAnswer(action, AlibabaErrors.InvalidResponseCode, $"The answer does not read: {failure.Message}", failure);
        }
    }

    /// <summary>The error of an answer that is no success; a body that does not read leaves the status to tell.</summary>
    internal static CloudApiException ReadError(string action, RpcAnswer answer)
    {
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var denied = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                Gather(document.RootElement, answer.Mask, said, denied);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half a surrogate pair.
            said["Message"] = $"The answer has no error body ({answer.Body.Length} bytes).";
        }
        var requestId = said.GetValueOrDefault("RequestId") is { Length: > 0 } inBody ? inBody : answer.RequestId;
        return AlibabaErrors.FromResponse(
            action, answer.Status, said.GetValueOrDefault("Code", ""), said.GetValueOrDefault("Message", ""),
            string.IsNullOrEmpty(requestId) ? null : new RequestId(requestId), answer.RetryAfter,
            new ServiceErrorDetail { HostId = said.GetValueOrDefault("HostId", ""), Recommend = said.GetValueOrDefault("Recommend", ""), AccessDenied = denied });
    }

    /// <summary>Takes every member of the body as text; some gateways write the names in lower case.</summary>
    private static void Gather(JsonElement body, SecretMask mask, Dictionary<string, string> said, Dictionary<string, string> denied)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
                said.TryAdd(property.Name, mask.Hide(TextOf(property.Value)));
            else if (property.Name.Equals("AccessDeniedDetail", StringComparison.OrdinalIgnoreCase))
                AddAll(property.Value, mask, denied);
        }
    }

    private static void AddAll(JsonElement from, SecretMask mask, Dictionary<string, string> to)
    {
        foreach (var property in from.EnumerateObject())
            to[property.Name] = mask.Hide(TextOf(property.Value));
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText();
}
