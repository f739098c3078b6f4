using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Terway.Cloud.Alibaba;

/// <summary>An answer as it came.</summary>
internal sealed record RpcAnswer(int Status, byte[] Body, TimeSpan? RetryAfter)
{
    /// <summary>The security token of the request: a cloud that quotes the headers it got must not bring it into a log.</summary>
    internal string? Secret { get; init; }
}

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
            return new CloudReply<T>(convert(wire), new RequestId(wire.RequestId ?? ""));
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw AlibabaErrors.NoAnswer(action, AlibabaErrors.InvalidResponseCode, $"The answer does not read: {failure.Message}", failure);
        }
    }

    /// <summary>The error of an answer that is no success; a body that does not read leaves the status to tell.</summary>
    internal static CloudApiException ReadError(string action, RpcAnswer answer)
    {
        string code = "", message = "", requestId = "";
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                // Some gateways write the names in lower case.
                code = TextOf(document.RootElement, "Code");
                message = TextOf(document.RootElement, "Message");
                requestId = TextOf(document.RootElement, "RequestId");
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with half a surrogate pair.
            message = $"The answer has no error body ({answer.Body.Length} bytes).";
        }
        if (answer.Secret is { Length: > 0 } secret)
            message = message.Replace(secret, "(hidden)", StringComparison.Ordinal);
        return AlibabaErrors.FromResponse(
            action, answer.Status, code, message, requestId.Length > 0 ? new RequestId(requestId) : null, answer.RetryAfter);
    }

    private static string TextOf(JsonElement body, string name)
    {
        foreach (var property in body.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() ?? "" : property.Value.GetRawText();
        }
        return "";
    }
}
