using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>
/// Reads values, and says what was expected where. Written by hand because the plugin lives for milliseconds: a serializer's start costs more than its work.
/// </summary>
internal static class JsonRead
{
    /// <summary>Reads a text that is one value and nothing else.</summary>
    /// <exception cref="JsonException">It is not that value; the message says where.</exception>
    public static T Document<T>(ReadOnlySpan<byte> text, int maxDepth, JsonItem<T> read)
    {
        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            json.Read();
            T value = read(ref json);
            json.Read(); // throws for anything but the end
            return value;
        }
        catch (JsonException e) when (e.LineNumber is { } line)
        {
            throw new JsonException($"line {line + 1}, byte {e.BytePositionInLine + 1}: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8, or half of a surrogate pair.
            throw new JsonException($"byte {json.TokenStartIndex + 1}: {e.Message}", e);
        }
    }

    /// <summary>Enters the object that the reader stands on.</summary>
    public static void Object(ref Utf8JsonReader json) => Expect(ref json, JsonTokenType.StartObject, "an object");

    /// <summary>Goes to the value of the object's next field; false at its end.</summary>
    public static bool Field(ref Utf8JsonReader json, out string name)
    {
        name = "";
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
            return false;
        name = json.GetString()!;
        json.Read();
        return true;
    }

    public static string Text(ref Utf8JsonReader json)
    {
        Expect(ref json, JsonTokenType.String, "text");
        return json.GetString()!;
    }

    public static string? OptionalText(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : Text(ref json);

    public static bool Boolean(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(ref json, "true or false"),
    };

    public static int Integer(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int value) ? value : throw Unexpected(ref json, "an integer");

    public static ulong Count(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number && json.TryGetUInt64(out ulong value) ? value : throw Unexpected(ref json, "a number that is not negative");

    /// <summary>An object, or null for JSON's null.</summary>
    public static T? Optional<T>(ref Utf8JsonReader json, JsonItem<T> read)
        where T : class => json.TokenType == JsonTokenType.Null ? null : read(ref json);

    public static ImmutableArray<T> List<T>(ref Utf8JsonReader json, JsonItem<T> read)
    {
        Expect(ref json, JsonTokenType.StartArray, "a list");
        var items = ImmutableArray.CreateBuilder<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            items.Add(read(ref json));
        return items.ToImmutable();
    }

    /// <summary>An address; upstream writes an absent one as empty text.</summary>
    public static IPAddress? Address(ref Utf8JsonReader json)
    {
        if (OptionalText(ref json) is not { Length: > 0 } text)
            return null;
        return IPAddress.TryParse(text, out IPAddress? address) ? address : throw new JsonException($"'{NameRules.Shorten(text)}' is not an IP address");
    }

    /// <summary>A prefix; upstream writes an absent one as empty text.</summary>
    public static IPNetwork? OptionalPrefix(ref Utf8JsonReader json)
    {
        if (OptionalText(ref json) is not { Length: > 0 } text)
            return null;
        return PrefixText.TryParse(text, out IPNetwork network) ? network : throw new JsonException($"'{NameRules.Shorten(text)}' is not a prefix");
    }

    public static IPNetwork Prefix(ref Utf8JsonReader json) => OptionalPrefix(ref json) ?? throw new JsonException("a prefix is empty");

    public static CniAddress AddressWithLength(ref Utf8JsonReader json)
    {
        string text = Text(ref json);
        return CniAddress.TryParse(text, out CniAddress address)
            ? address
            : throw new JsonException($"'{NameRules.Shorten(text)}' is not an address with a prefix length");
    }

    /// <summary>A field's value, which must have been there.</summary>
    public static T Required<T>(T? value, string name)
        where T : class => value ?? throw new JsonException($"'{name}' is missing");

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type, string what)
    {
        if (json.TokenType != type)
            throw Unexpected(ref json, what);
    }

    private static JsonException Unexpected(ref Utf8JsonReader json, string what) => new($"{what} was expected, not {Kind(json.TokenType)}");

    private static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "this number",
        JsonTokenType.Null => "null",
        _ => "a truth value",
    };
}
