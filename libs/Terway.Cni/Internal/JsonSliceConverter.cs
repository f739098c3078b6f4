using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

/// <summary>Notes where a value stands. Right only for a text that is read from one span, as ours are.</summary>
internal sealed class JsonSliceConverter : JsonConverter<JsonSlice>
{
    public override JsonSlice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSlice(start, (int)reader.BytesConsumed - start);
    }

    public override void Write(Utf8JsonWriter writer, JsonSlice value, JsonSerializerOptions options) => throw new NotSupportedException();
}
