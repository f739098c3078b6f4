using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Writes values; what is absent is left out.</summary>
internal static class JsonWrite
{
    private static readonly PlainEncoder Encoder = new();

    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> write, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, IndentSize = indented ? 4 : 2, Encoder = Encoder });
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    public static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }

    public static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    public static void Object<T>(Utf8JsonWriter json, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null)
            return;
        json.WriteStartObject(name);
        write(json, value);
        json.WriteEndObject();
    }

    public static void List<T>(Utf8JsonWriter json, string name, ImmutableArray<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        Items(json, values, write);
        json.WriteEndArray();
    }

    public static void Items<T>(Utf8JsonWriter json, ImmutableArray<T> values, Action<Utf8JsonWriter, T> write)
    {
        foreach (T value in values)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }
    }
}
