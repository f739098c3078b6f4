using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Sandbox.Probes;

/// <summary>A port as a probe writes it: a number, or the name of a port of the destination's.</summary>
/// <param name="Number">The number; 0 for a name.</param>
/// <param name="Name">The name; <c>null</c> for a number.</param>
[JsonConverter(typeof(ProbePortConverter))]
internal readonly record struct ProbePort(int Number, string? Name)
{
    public static implicit operator ProbePort(int number) => new(number, null);

    /// <summary>Whether it is a name or one of the numbers that ports have.</summary>
    public bool IsPossible => Name is not null || Number is > 0 and <= ushort.MaxValue;

    public override string ToString() => Name ?? Number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class ProbePortConverter : JsonConverter<ProbePort>
{
    public override ProbePort Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetInt32();
        return reader.GetString() is { Length: > 0 } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : new ProbePort(0, text)
            : throw new JsonException("A port is a number or a name.");
    }

    public override void Write(Utf8JsonWriter writer, ProbePort value, JsonSerializerOptions options)
    {
        if (value.Name is { } name)
            writer.WriteStringValue(name);
        else
            writer.WriteNumberValue(value.Number);
    }
}
