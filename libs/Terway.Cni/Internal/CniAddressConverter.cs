using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

internal sealed class CniAddressConverter : JsonConverter<CniAddress>
{
    public override CniAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CniAddress.TryParse(reader.GetString(), out CniAddress address) ? address : throw new JsonException($"'{reader.GetString()}' is not an address with a prefix length");

    public override void Write(Utf8JsonWriter writer, CniAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
