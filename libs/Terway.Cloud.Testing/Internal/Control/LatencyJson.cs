using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Latencies as JSON: a profile by its name, and ranges that replace its own.</summary>
internal static class LatencyJson
{
    /// <summary>The profiles by name.</summary>
    internal static Dictionary<string, EmulatorLatencies> Profiles { get; } = new(StringComparer.Ordinal)
    {
        ["none"] = EmulatorLatencies.None,
        ["realistic"] = EmulatorLatencies.Realistic,
        ["degraded"] = EmulatorLatencies.Degraded,
    };

    private static readonly (string Name, Func<EmulatorLatencies, LatencyRange> Get, Func<EmulatorLatencies, LatencyRange, EmulatorLatencies> Set)[] Ranges =
    [
        ("create", l => l.Create, (l, r) => l with { Create = r }),
        ("attach", l => l.Attach, (l, r) => l with { Attach = r }),
        ("memberAttach", l => l.MemberAttach, (l, r) => l with { MemberAttach = r }),
        ("detach", l => l.Detach, (l, r) => l with { Detach = r }),
        ("delete", l => l.Delete, (l, r) => l with { Delete = r }),
        ("assign", l => l.Assign, (l, r) => l with { Assign = r }),
        ("otherCall", l => l.OtherCall, (l, r) => l with { OtherCall = r }),
        ("metadataLag", l => l.MetadataLag, (l, r) => l with { MetadataLag = r }),
        ("describeLag", l => l.DescribeLag, (l, r) => l with { DescribeLag = r }),
    ];

    internal static JsonObject Show(EmulatorLatencies latencies) =>
        new(Ranges.Select(r => KeyValuePair.Create(r.Name, (JsonNode?)Show(r.Get(latencies)))));

    internal static EmulatorLatencies Change(EmulatorLatencies latencies, JsonElement body)
    {
        ControlJson.CheckNames(body, ["profile", .. Ranges.Select(r => r.Name)]);
        if (ControlJson.Text(body, "profile") is { } profile)
            latencies = Profiles.GetValueOrDefault(profile) ?? throw new FormatException($"'{profile}' is no profile; the profiles are {string.Join(", ", Profiles.Keys)}.");
        foreach (var range in Ranges)
        {
            if (body.TryGetProperty(range.Name, out var value))
                latencies = range.Set(latencies, Read(range.Name, value));
        }
        return latencies;
    }

    private static JsonObject Show(LatencyRange range)
    {
        var shown = new JsonObject { ["min"] = range.Min.TotalSeconds, ["max"] = range.Max.TotalSeconds };
        if (range.TailShare > 0)
        {
            shown["tailShare"] = range.TailShare;
            shown["tailMax"] = range.TailMax.TotalSeconds;
        }
        return shown;
    }

    private static LatencyRange Read(string name, JsonElement body)
    {
        ControlJson.CheckNames(body, ["min", "max", "tailShare", "tailMax"]);
        var min = ControlJson.Seconds(body, "min") ?? TimeSpan.Zero;
        var range = new LatencyRange(min, ControlJson.Seconds(body, "max") ?? min)
        {
            TailShare = ControlJson.Number(body, "tailShare") ?? 0,
            TailMax = ControlJson.Seconds(body, "tailMax") ?? TimeSpan.Zero,
        };
        return range.Max < range.Min || range.TailShare is < 0 or > 1
            ? throw new FormatException($"{name}: max is at least min, and tailShare is 0 to 1.")
            : range;
    }
}
