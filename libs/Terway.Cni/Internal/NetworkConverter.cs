using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

/// <summary>A prefix as text.</summary>
internal sealed class NetworkConverter : JsonConverter<IPNetwork>
{
    public override IPNetwork Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PrefixText.TryParse(reader.GetString(), out IPNetwork network) ? network : throw new JsonException($"'{reader.GetString()}' is not a prefix");

    public override void Write(Utf8JsonWriter writer, IPNetwork value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
