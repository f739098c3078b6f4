using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

/// <summary>An address as text. Upstream writes an absent one as an empty string.</summary>
internal sealed class AddressConverter : JsonConverter<IPAddress>
{
    public override IPAddress? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.GetString() is not { Length: > 0 } text)
            return null;
        return IPAddress.TryParse(text, out IPAddress? address) ? address : throw new JsonException($"'{text}' is not an IP address");
    }

    public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
