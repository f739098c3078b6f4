using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

/// <summary>A prefix that may be absent, which upstream writes as an empty string.</summary>
internal sealed class OptionalNetworkConverter : JsonConverter<IPNetwork?>
{
    public override IPNetwork? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null || reader.GetString() is not { Length: > 0 } text)
            return null;
        return PrefixText.TryParse(text, out IPNetwork network) ? network : throw new JsonException($"'{text}' is not a prefix");
    }

    public override void Write(Utf8JsonWriter writer, IPNetwork? value, JsonSerializerOptions options)
    {
        if (value is { } network)
            writer.WriteStringValue(network.ToString());
        else
            writer.WriteNullValue();
    }
}
