using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Terway.Policy.Manifests.Internal;

/// <summary>
/// What a scalar without quotes is, by the rules of YAML 1.1 that kubectl follows: <c>on</c> and <c>yes</c> are true, <c>0x10</c> is 16.
/// So a label that a cluster refuses because it is no text is refused here too.
/// </summary>
internal static class YamlScalar
{
    private const string TextTag = "tag:yaml.org,2002:str";
    private const string Digits = "0123456789abcdef";
    private const string PartsOfFraction = "0123456789+-.eE";

    internal static JsonNode? Resolve(Scalar scalar)
    {
        if (scalar.Style is not ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value == TextTag))
            return JsonValue.Create(scalar.Value);
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => JsonValue.Create(true),
            "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => JsonValue.Create(false),
            _ => Number(scalar.Value) ?? JsonValue.Create(scalar.Value),
        };
    }

    private static JsonValue? Number(string text)
    {
        if (Whole(text.Replace("_", "", StringComparison.Ordinal)) is { } number)
            return JsonValue.Create(number);
        const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.All(PartsOfFraction.Contains) && double.TryParse(text, Fraction, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : null;
    }

    private static long? Whole(string text) => text switch
    {
        ['-', .. var rest] => -Unsigned(rest),
        ['+', .. var rest] => Unsigned(rest),
        _ => Unsigned(text),
    };

    private static long? Unsigned(string text) => text switch
    {
        ['0', 'x', .. var rest] => InBase(16, rest.ToLowerInvariant()),
        ['0', 'b', .. var rest] => InBase(2, rest),
        ['0', 'o', .. var rest] => InBase(8, rest),
        ['0', _, ..] => InBase(8, text),
        _ => InBase(10, text),
    };

    private static long? InBase(int numberBase, string text)
    {
        long value = 0;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0 || digit >= numberBase || value > (long.MaxValue - digit) / numberBase)
                return null;
            value = (value * numberBase) + digit;
        }

        return text.Length == 0 ? null : value;
    }
}
