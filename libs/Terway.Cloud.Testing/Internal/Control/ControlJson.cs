using System.Text.Encodings.Web;
using System.Text.Json;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Reads the fields of a control body; what does not read is a <see cref="FormatException"/> that names the field.</summary>
internal static class ControlJson
{
    /// <summary>For people who read it with curl.</summary>
    internal static JsonSerializerOptions Pretty { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string? Text(JsonElement body, string name) => Find(body, name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String ? field.GetString()
        : throw new FormatException($"{name} is a text.");

    internal static string RequiredText(JsonElement body, string name) =>
        Text(body, name) is { Length: > 0 } text ? text : throw new FormatException($"{name} is missing.");

    internal static double? Number(JsonElement body, string name) => Find(body, name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw new FormatException($"{name} is a number.");

    internal static int? Integer(JsonElement body, string name) => Number(body, name) is not { } number ? null
        : number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number
        : throw new FormatException($"{name} is a whole number.");

    internal static int RequiredInteger(JsonElement body, string name) =>
        Integer(body, name) ?? throw new FormatException($"{name} is missing.");

    internal static bool? Flag(JsonElement body, string name) => Find(body, name) is not { } field ? null
        : field.ValueKind is JsonValueKind.True or JsonValueKind.False ? field.GetBoolean()
        : throw new FormatException($"{name} is true or false.");

    internal static TimeSpan? Seconds(JsonElement body, string name) => Number(body, name) is not { } number ? null
        : number is >= 0 and <= 1e9 ? TimeSpan.FromSeconds(number)
        : throw new FormatException($"{name} is seconds, 0 or more.");

    /// <summary>A field that nobody knows is a mistake of who wrote it.</summary>
    internal static void CheckNames(JsonElement body, ReadOnlySpan<string> known)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new FormatException("The body is a JSON object.");
        foreach (var property in body.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                throw new FormatException($"'{property.Name}' is no field; the fields are {string.Join(", ", known.ToArray())}.");
        }
    }

    private static JsonElement? Find(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
}
