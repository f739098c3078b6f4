using System.Net;
using System.Text.Json;

namespace Terway.Policy.Internal;

/// <summary>A place in an object's JSON, which knows its path and notes what is wrong there. Null counts as missing.</summary>
internal sealed class FieldReader(JsonElement element, string path, ProblemNotes notes)
{
    internal int ProblemCount => notes.Count;

    internal bool Has(string name) => Child(name) is not null;

    internal FieldReader? Child(string name)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            Fail("must be an object");
            return null;
        }

        return element.TryGetProperty(name, out var child) && child.ValueKind is not JsonValueKind.Null
            ? new(child, path.Length == 0 ? name : $"{path}.{name}", notes)
            : null;
    }

    internal IEnumerable<FieldReader> Items(string name)
    {
        if (Child(name) is not { } list)
            return [];
        if (list.IsArray)
            return list.Elements();
        list.Fail("must be a list");
        return [];
    }

    internal T? Child<T>(string name, Func<FieldReader, T?> read)
        where T : class => Child(name) is { } child ? read(child) : null;

    internal EquatableArray<T> List<T>(string name, Func<FieldReader, T?> read)
        where T : class => Items(name).Select(read).OfType<T>().ToEquatableArray();

    internal EquatableArray<T> Values<T>(string name, Func<FieldReader, T?> read)
        where T : struct => Items(name).Select(read).OfType<T>().ToEquatableArray();

    internal string? Text(string name) => Child(name)?.Text();

    internal string? Text() => element.ValueKind is JsonValueKind.String ? element.GetString() : Fail<string>("must be a string");

    internal int? Integer(string name, int least, int most) => Child(name)?.Integer(least, most);

    internal int? Integer(int least, int most)
    {
        if (element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Fail($"must be a whole number from {least} to {most}");
        return null;
    }

    internal double? Number(string name)
    {
        if (Child(name) is not { } child)
            return null;
        if (child.IsNumber)
            return child.Double();
        child.Fail("must be a number");
        return null;
    }

    internal bool Flag(string name) => Child(name) is { } child && child.Flag();

    /// <summary>A number or a text, as Kubernetes writes ports and Calico protocols.</summary>
    internal string? NumberOrText() => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => Fail<string>("must be a number or a string"),
    };

    internal bool IsNumber => element.ValueKind is JsonValueKind.Number;

    internal LabelSet Labels(string name) =>
        Child(name) is { } map ? LabelSet.Create(map.Pairs()) : LabelSet.Empty;

    internal IPNetwork? Network() => Text() is not { } text ? null : Addresses.TryParseNetwork(text, out var network)
        ? network
        : FailValue<IPNetwork>($"'{text}' is not an address block");

    internal IPAddress? Address() => Text() is not { } text ? null : Addresses.TryParse(text, out var address)
        ? address
        : Fail<IPAddress>($"'{text}' is not an IP address");

    internal void Fail(string reason) => notes.Add(path, reason);

    internal T? Fail<T>(string reason)
        where T : class
    {
        Fail(reason);
        return null;
    }

    private bool IsArray => element.ValueKind is JsonValueKind.Array;

    private T? FailValue<T>(string reason)
        where T : struct
    {
        Fail(reason);
        return null;
    }

    private double Double() => element.GetDouble();

    private bool Flag()
    {
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fail("must be true or false");
        return element.ValueKind is JsonValueKind.True;
    }

    private IEnumerable<FieldReader> Elements() => element.EnumerateArray().Select((e, i) => new FieldReader(e, $"{path}[{i}]", notes));

    private IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            Fail("must be a map");
            yield break;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.String)
                yield return new(property.Name, property.Value.GetString()!);
            else
                notes.Add($"{path}[{property.Name}]", "must be a string");
        }
    }
}
