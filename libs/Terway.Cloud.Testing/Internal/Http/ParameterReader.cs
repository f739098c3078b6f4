using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Reads the parameters of an action and knows which ones nobody asked for.</summary>
internal sealed class ParameterReader
{
    private static readonly string[] AlwaysAllowed =
    [
        "Action", "Version", "Format", "Timestamp", "SignatureMethod", "SignatureVersion", "SignatureType", "SignatureNonce",
        "AccessKeyId", "SecurityToken", "Signature", "OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount",
    ];

    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _unread;

    internal ParameterReader(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (!_values.TryAdd(name, value))
                throw Refusal.Invalid(name, "it comes twice");
        }
        _unread = [.. _values.Keys.Except(AlwaysAllowed)];
    }

    /// <summary>A text; an empty one counts as absent.</summary>
    internal string? Text(string name)
    {
        _unread.Remove(name);
        return _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    internal string Required(string name) => Text(name) ?? throw Refusal.Missing(name);

    internal int? Int(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refusal.Invalid(name, "it is no number");
    }

    /// <summary>A count of things to make: absent is 0, and 0 itself is refused.</summary>
    internal int Count(string name) => Int(name) switch
    {
        null => 0,
        > 0 and var count => count,
        _ => throw Refusal.Invalid(name, "it is 1 or more"),
    };

    internal bool? Bool(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Refusal.Invalid(name, "it is true or false"),
    };

    /// <summary>The items <c>Name.1</c>, <c>Name.2</c> and so on.</summary>
    internal EquatableArray<T> List<T>(string name, Func<string, T> parse)
    {
        var items = new SortedList<int, T>();
        foreach (var (key, value) in _values)
        {
            if (!key.StartsWith(name + ".", StringComparison.Ordinal)
                || !int.TryParse(key.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                continue;
            _unread.Remove(key);
            items.Add(index, parse(value));
        }
        return items.Values.ToEquatableArray();
    }

    internal EquatableArray<IPAddress> Addresses(string name) => List(name, text => Address(name, text));

    internal IPAddress? OptionalAddress(string name) => Text(name) is { } text ? Address(name, text) : null;

    internal EquatableArray<IPNetwork> Networks(string name) => List(
        name, text => IPNetwork.TryParse(text, out var network) ? network : throw new Refusal(403, "InvalidIp.IpPrefixIllegal", $"The prefix {text} is not valid."));

    internal EquatableArray<ResourceTag> Tags()
    {
        var tags = new List<ResourceTag>();
        for (var i = 1; _values.TryGetValue($"Tag.{i}.Key", out var key); i++)
        {
            _unread.Remove($"Tag.{i}.Key");
            _unread.Remove($"Tag.{i}.Value");
            tags.Add(new ResourceTag(key, _values.GetValueOrDefault($"Tag.{i}.Value", "")));
        }
        return tags.ToEquatableArray();
    }

    /// <summary>A list that comes as one JSON text.</summary>
    internal EquatableArray<T> JsonList<T>(string name, Func<string, T> parse)
    {
        if (Text(name) is not { } text)
            return [];
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.EnumerateArray().Select(item => parse(item.GetString() ?? "")).ToEquatableArray();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Refusal.Invalid(name, "it is a JSON array of texts");
        }
    }

    internal ClientToken? ClientToken()
    {
        if (Text("ClientToken") is not { } text)
            return null;
        return text.Length <= Cloud.ClientToken.MaxLength && text.All(c => c is > ' ' and <= '~')
            ? new ClientToken(text)
            : throw Refusal.Invalid("ClientToken", $"at most {Cloud.ClientToken.MaxLength} ASCII characters");
    }

    /// <summary>Parameters that the cloud knows and that make no difference here.</summary>
    internal void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            _unread.RemoveWhere(key => key == name || key.StartsWith(name + ".", StringComparison.Ordinal));
    }

    internal void CheckAllRead()
    {
        if (_unread.Count > 0)
            throw new Refusal(400, "UnsupportedParameter", $"The parameter {_unread.Order(StringComparer.Ordinal).First()} is not supported.");
    }

    private static IPAddress Address(string name, string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw Refusal.Invalid(name, $"'{text}' is no address");
}
