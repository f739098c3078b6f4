using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace Terway.Cloud.Alibaba;

/// <summary>Reads the texts of the cloud as values; what does not read is a <see cref="FormatException"/> that names the field.</summary>
internal static class WireText
{
    internal static string Required(string? text, string field) =>
        string.IsNullOrEmpty(text) ? throw new FormatException($"{field} is missing.") : text;

    internal static T Required<T>(T? value, string field)
        where T : struct => value ?? throw new FormatException($"{field} is missing.");

    /// <summary>An address of one family; the cloud's lists never mix them.</summary>
    internal static IPAddress Address(string? text, string field) =>
        IPAddress.TryParse(Required(text, field), out var address) ? address : throw new FormatException($"{field} '{text}' is no address.");

    internal static IPNetwork Network(string? text, string field) =>
        IPNetwork.TryParse(Required(text, field), out var network) ? network : throw new FormatException($"{field} '{text}' is no CIDR block.");

    internal static IPNetwork? OptionalNetwork(string? text, string field) => string.IsNullOrEmpty(text) ? null : Network(text, field);

    internal static PhysicalAddress Mac(string? text, string field) =>
        PhysicalAddress.TryParse(Required(text, field), out var mac) && mac.GetAddressBytes().Length == 6
            ? mac
            : throw new FormatException($"{field} '{text}' is no MAC address.");

    internal static DateTimeOffset? OptionalTime(string? text, string field)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FormatException($"{field} '{text}' is no time.");
    }

    /// <summary>The items of a list that the cloud may leave out; an item that is null does not read.</summary>
    internal static EquatableArray<TTo> Items<TFrom, TTo>(TFrom?[]? items, string field, Func<TFrom, TTo> convert)
        where TFrom : class
    {
        if (items is null)
            return [];
        var converted = new TTo[items.Length];
        for (var i = 0; i < items.Length; i++)
            converted[i] = convert(items[i] ?? throw new FormatException($"{field} has an item without a value."));
        return EquatableArray.Create<TTo>(converted);
    }

    internal static EquatableArray<ResourceTag> Tags(WireTags? tags) =>
        Items(tags?.Tag, "Tags", t => new ResourceTag(Required(t.TagKey ?? t.Key, "TagKey"), t.TagValue ?? t.Value ?? ""));
}
