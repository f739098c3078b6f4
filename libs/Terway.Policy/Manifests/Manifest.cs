using System.Collections.Immutable;
using System.Text.Json;
using Terway.Policy.Internal;

namespace Terway.Policy;

/// <summary>Objects read from JSON as the API server gives it, and what was wrong with others. Kinds that policy does not use are passed over.</summary>
/// <remarks>
/// Defaults are those of the API server, so that a manifest written by a person means the same here: namespace and service account
/// <c>default</c>, <c>policyTypes</c> from the rules, the namespace's name as its label. One object's problems never touch another.
/// </remarks>
public sealed class Manifest
{
    private Manifest(ImmutableArray<Resource> resources, ImmutableArray<ResourceProblem> problems) =>
        (Resources, Problems) = (resources, problems);

    /// <summary>The objects in the order they were written.</summary>
    public ImmutableArray<Resource> Resources { get; }

    /// <summary>What was wrong, in the order it was found.</summary>
    public ImmutableArray<ResourceProblem> Problems { get; }

    /// <summary>Reads one object, an array of objects, or a list with <c>items</c>.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Manifest Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Reads one object, an array of objects, or a list with <c>items</c>.</summary>
    /// <param name="json">The element, which need not outlive the call.</param>
    public static Manifest Read(JsonElement json)
    {
        var resources = ImmutableArray.CreateBuilder<Resource>();
        var problems = new List<ResourceProblem>();
        foreach (var element in Objects(json))
        {
            if (ResourceReader.Read(element, problems) is { } resource)
                resources.Add(resource);
        }

        return new([.. resources], [.. problems]);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Objects),
        JsonValueKind.Object when json.TryGetProperty("items", out var items) && items.ValueKind is JsonValueKind.Array => Objects(items),
        _ => [json],
    };
}
