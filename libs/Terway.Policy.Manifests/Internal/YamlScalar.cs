using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Terway.Policy.Manifests.Internal;

/// <summary>
/// What a scalar without quotes is, by the rules of YAML 1.1 that kubectl follows: <c>on</c> and <c>yes</c> are true, <c>0x10</c> is 16.
/// So a label that a cluster refuses because it is no text is refused here too.
/// </summary>
internal static partial class YamlScalar
{
    private const string TextTag = "tag:yaml.org,2002:str";

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
        if (Whole().Match(text.Replace("_", "", StringComparison.Ordinal)) is { Success: true } whole && Whole(whole) is { } number)
            return JsonValue.Create(number);
        return Fraction().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : null;
    }

    private static long? Whole(Match match)
    {
        var (digits, numberBase) = match switch
        {
            _ when match.Groups["hex"] is { Success: true } hex => (hex.Value, 16),
            _ when match.Groups["binary"] is { Success: true } binary => (binary.Value, 2),
            _ when match.Groups["octal"] is { Success: true } octal => (octal.Value, 8),
            _ => (match.Groups["decimal"].Value, 10),
        };
        long value = 0;
        foreach (var digit in digits)
        {
            if (value > (long.MaxValue - 15) / numberBase)
                return null;
            value = (value * numberBase) + Convert.ToInt32(digit.ToString(), 16);
        }

        return match.Groups["sign"].Value == "-" ? -value : value;
    }

    [GeneratedRegex("^(?<sign>[-+]?)(0x(?<hex>[0-9a-fA-F]+)|0b(?<binary>[01]+)|0o?(?<octal>[0-7]+)|(?<decimal>0|[1-9][0-9]*))$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fraction();
}
