using System.Collections.Immutable;
using System.Text.Json;
using Terway.Policy.Manifests.Internal;

namespace Terway.Policy.Manifests;

/// <summary>The objects of a manifest's text as JSON: several YAML documents, JSON, and lists opened.</summary>
public static class ManifestText
{
    /// <summary>Reads a text. A file whose name ends in <c>.json</c> is JSON, any other YAML as kubectl reads it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from: the form follows from the name, and errors name it.</param>
    /// <returns>Each object as it is written; of a list its items.</returns>
    /// <exception cref="ManifestException">The text is neither.</exception>
    public static ImmutableArray<JsonElement> Read(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        var documents = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? [ReadJson(text, path)] : YamlComposer.Compose(text, path);
        return [.. documents.SelectMany(ObjectsOf)];
    }

    private static JsonElement ReadJson(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ManifestException(path, e.LineNumber + 1, "not readable as JSON", "correct the file; the rest of the folder is not touched", e);
        }
    }

    private static IEnumerable<JsonElement> ObjectsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ObjectsOf),
        JsonValueKind.Object when element.TryGetProperty("items", out var items) && items.ValueKind is JsonValueKind.Array => ObjectsOf(items),
        JsonValueKind.Object => [element],
        _ => [],
    };
}
