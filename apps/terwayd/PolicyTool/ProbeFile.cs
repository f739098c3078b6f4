using System.Text.Json;

namespace Terwayd.PolicyTool;

/// <summary>Reads probes: a JSON array of objects with <c>from</c>, <c>to</c>, <c>protocol</c> and <c>port</c>.</summary>
internal static class ProbeFile
{
    private const string Hint = "write [{\"from\": \"ns/pod\", \"to\": \"ns/pod\", \"protocol\": \"TCP\", \"port\": 80}, …]";

    internal static IReadOnlyList<PolicyProbe> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TerwaydException(DaemonErrors.ProbesUnreadable, $"reading the probes {path}: {e.Message}", "name a file that is there and readable", e);
        }
    }

    internal static IReadOnlyList<PolicyProbe> Parse(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement.Clone();
            if (root.ValueKind is not JsonValueKind.Array)
                throw Unreadable(path, "the file is no JSON array");
            return [.. root.EnumerateArray().Select((probe, i) => Probe(probe, $"{path}, probe {i}"))];
        }
        catch (JsonException e)
        {
            throw new TerwaydException(DaemonErrors.ProbesUnreadable, $"reading the probes {path}: {e.Message}", Hint, e);
        }
    }

    private static PolicyProbe Probe(JsonElement probe, string where)
    {
        if (probe.ValueKind is not JsonValueKind.Object)
            throw Unreadable(where, "it is no object");
        return new(Text(probe, "from", where)!, Text(probe, "to", where)!, Text(probe, "protocol", where)!, Text(probe, "port", where, isNeeded: false)) { Written = probe };
    }

    private static string? Text(JsonElement probe, string name, string where, bool isNeeded = true)
    {
        if (!probe.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return isNeeded ? throw Unreadable(where, $"it has no '{name}'") : null;
        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw Unreadable(where, $"'{name}' is neither a text nor a number"),
        };
    }

    private static TerwaydException Unreadable(string where, string reason) => new(DaemonErrors.ProbesUnreadable, $"reading the probes {where}: {reason}", Hint);
}
