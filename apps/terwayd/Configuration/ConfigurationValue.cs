using System.Text.Json;

namespace Terwayd.Configuration;

/// <summary>
/// One value of the file, read as what its key expects. A mismatch is noted with key, value and expectation, and reads as
/// <see langword="null"/>, so that one pass finds every error. JSON's null reads as absent, as Go's decoder does.
/// </summary>
internal readonly struct ConfigurationValue(string key, JsonElement element, bool isSecret, List<string> errors)
{
    internal string Key => key;

    /// <summary>The value as the file writes it, for messages.</summary>
    internal string Raw => isSecret ? "the value (hidden)" : Shortened(element.GetRawText());

    internal string? Text() => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Null => null,
        _ => Mismatch<string>("a string"),
    };

    internal bool? Flag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => MismatchValue<bool>("true or false"),
    };

    internal int? Integer(int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (element.ValueKind is JsonValueKind.Null)
            return null;
        var expected = (minimum, maximum) switch
        {
            (int.MinValue, int.MaxValue) => "an integer",
            (_, int.MaxValue) => $"an integer of at least {minimum}",
            _ => $"an integer from {minimum} to {maximum}",
        };
        return element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var value) && value >= minimum && value <= maximum
            ? value
            : MismatchValue<int>(expected);
    }

    internal double? Number(double minimum)
    {
        if (element.ValueKind is JsonValueKind.Null)
            return null;
        return element.ValueKind is JsonValueKind.Number && element.TryGetDouble(out var value) && value >= minimum
            ? value
            : MismatchValue<double>($"a number of at least {minimum}");
    }

    internal TimeSpan? Duration()
    {
        const string Expected = "a duration such as \"30s\", \"10m\" or \"1h30m\"";
        if (element.ValueKind is JsonValueKind.Null)
            return null;
        if (element.ValueKind is not JsonValueKind.String)
            return MismatchValue<TimeSpan>(Expected);
        return GoDuration.TryParse(element.GetString()!, out var value) && value >= TimeSpan.Zero
            ? value
            : MismatchValue<TimeSpan>(Expected);
    }

    internal IReadOnlyList<string>? Texts()
    {
        const string Expected = "a list of strings";
        if (element.ValueKind is JsonValueKind.Null)
            return null;
        if (element.ValueKind is not JsonValueKind.Array)
            return Mismatch<IReadOnlyList<string>>(Expected);
        var texts = new List<string>();
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.String)
                return Mismatch<IReadOnlyList<string>>(Expected);
            texts.Add(item.GetString()!);
        }

        return texts;
    }

    /// <summary>An object whose values are read by <paramref name="read"/>, each under its own path.</summary>
    internal IReadOnlyDictionary<string, T>? Map<T>(string expected, Func<ConfigurationValue, T?> read)
        where T : class
    {
        if (element.ValueKind is JsonValueKind.Null)
            return null;
        if (element.ValueKind is not JsonValueKind.Object)
            return Mismatch<IReadOnlyDictionary<string, T>>(expected);
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (read(new ConfigurationValue($"{key}.{property.Name}", property.Value, isSecret, errors)) is { } value)
                map[property.Name] = value;
        }

        return map;
    }

    /// <summary>A list whose entries are read by <paramref name="read"/>, each under its own path.</summary>
    internal IReadOnlyList<T>? Objects<T>(string expected, Func<ConfigurationValue, T?> read)
        where T : class
    {
        if (element.ValueKind is JsonValueKind.Null)
            return null;
        if (element.ValueKind is not JsonValueKind.Array)
            return Mismatch<IReadOnlyList<T>>(expected);
        var list = new List<T>();
        foreach (var item in element.EnumerateArray())
        {
            if (read(new ConfigurationValue($"{key}[{list.Count}]", item, isSecret, errors)) is { } value)
                list.Add(value);
        }

        return list;
    }

    internal void Reject(string problem) => errors.Add($"{key}: {problem}");

    internal void Expect(string expected) => errors.Add($"{key}: {Raw} is {KindOf(element.ValueKind)}, expected {expected}");

    private T? Mismatch<T>(string expected)
        where T : class
    {
        Expect(expected);
        return null;
    }

    private T? MismatchValue<T>(string expected)
        where T : struct
    {
        Expect(expected);
        return null;
    }

    private static string Shortened(string text)
    {
        const int Longest = 80;
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }

    private static string KindOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
