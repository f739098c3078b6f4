using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Terway.Policy.Manifests.Internal;

/// <summary>YAML documents as JSON. Anchors, aliases and merge keys are resolved; what they may multiply to is bounded.</summary>
internal sealed class YamlComposer
{
    /// <summary>An alias copies its node, so that a few lines could ask for all the memory there is.</summary>
    private const int MostNodes = 1_000_000;

    private const int DeepestNesting = 60;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private int _nodes;

    private YamlComposer(string text) => _parser = new Parser(new StringReader(text));

    internal static IReadOnlyList<JsonElement> Compose(string text, string path)
    {
        try
        {
            return new YamlComposer(text).Documents();
        }
        catch (YamlException e)
        {
            throw new ManifestException(path, e.Start.Line, $"not readable as YAML: {e.Message}", "correct the file; the rest of the folder is not touched", e);
        }
    }

    private List<JsonElement> Documents()
    {
        List<JsonElement> documents = [];
        _parser.Consume<StreamStart>();
        while (!_parser.Accept<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            _anchors.Clear();
            if (Node(depth: 0) is { } root)
                documents.Add(Frozen(root));
            _parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private static JsonElement Frozen(JsonNode root)
    {
        using var document = JsonDocument.Parse(root.ToJsonString());
        return document.RootElement.Clone();
    }

    private JsonNode? Node(int depth)
    {
        var at = _parser.Current!;
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Copy(alias);
        if (depth > DeepestNesting)
            throw new YamlException(at.Start, at.End, $"nested deeper than {DeepestNesting}");
        Count(1, at);
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Kept(scalar, YamlScalar.Resolve(scalar));
        if (_parser.TryConsume<SequenceStart>(out var sequence))
            return Kept(sequence, Items(depth));
        return Kept(_parser.Consume<MappingStart>(), Members(depth));
    }

    private JsonNode? Kept(NodeEvent start, JsonNode? node)
    {
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private JsonNode? Copy(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw new YamlException(alias.Start, alias.End, $"there is no anchor '{alias.Value}' before this");
        Count(SizeOf(node), alias);
        return node?.DeepClone();
    }

    private JsonArray Items(int depth)
    {
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return items;
    }

    private JsonObject Members(int depth)
    {
        var members = new JsonObject();
        List<JsonObject> merged = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = _parser.Consume<Scalar>();
            var value = Node(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                merged.AddRange(Sources(key, value));
            else if (!members.TryAdd(key.Value, value))
                throw new YamlException(key.Start, key.End, $"'{key.Value}' is there twice");
        }

        foreach (var (name, value) in merged.SelectMany(m => m))
            members.TryAdd(name, value?.DeepClone());
        return members;
    }

    private static IEnumerable<JsonObject> Sources(Scalar key, JsonNode? value) => value switch
    {
        JsonObject one => [one],
        JsonArray several when several.All(s => s is JsonObject) => several.Select(s => s!.AsObject()),
        _ => throw new YamlException(key.Start, key.End, "a merge key takes a mapping or a list of them"),
    };

    private void Count(int nodes, ParsingEvent at)
    {
        _nodes += nodes;
        if (_nodes > MostNodes)
            throw new YamlException(at.Start, at.End, $"more than {MostNodes} nodes, aliases counted as what they stand for");
    }

    private static int SizeOf(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Sum(m => SizeOf(m.Value)),
        JsonArray items => 1 + items.Sum(SizeOf),
        _ => 1,
    };
}
