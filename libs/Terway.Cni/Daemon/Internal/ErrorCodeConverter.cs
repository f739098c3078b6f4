using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Daemon.Internal;

internal sealed class ErrorCodeConverter : JsonConverter<ErrorCode>
{
    public override ErrorCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? new ErrorCode(text) : throw new JsonException("an error code is empty");

    public override void Write(Utf8JsonWriter writer, ErrorCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
