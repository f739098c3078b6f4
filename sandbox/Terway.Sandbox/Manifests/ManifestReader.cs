using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Terway.Sandbox.Manifests;

/// <summary>Reads the Pod objects out of a folder of Kubernetes manifests (YAML or JSON, several documents a file, Lists).</summary>
internal static partial class ManifestReader
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>All pods of all files, in the order of file names and documents. A pod that is declared twice is an error.</summary>
    public static IReadOnlyList<PodManifest> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new SandboxException($"There is no folder '{folder}' to read manifests from.");
        var pods = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .SelectMany(f => Read(File.ReadAllText(f), f))
            .ToArray();
        if (pods.Length == 0)
            throw new SandboxException($"No Pod object was found in '{folder}' ({string.Join(", ", Extensions)}).");
        if (pods.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new SandboxException($"Pod {twice.Key} is declared more than once in '{folder}'.");
        return pods;
    }

    /// <summary>The pods of one file's text. <paramref name="source"/> names it in errors.</summary>
    public static IReadOnlyList<PodManifest> Read(string text, string source)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new SandboxException($"{source}, line {e.Start.Line}: not readable as YAML: {e.Message}", e);
        }

        return [.. stream.Documents.SelectMany(d => Objects(d.RootNode)).Where(o => Text(o, "kind") == "Pod").Select(o => Pod(o, source))];
    }

    private static IEnumerable<YamlMappingNode> Objects(YamlNode root) => root switch
    {
        YamlMappingNode list when Text(list, "kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) => Items(list, "items"),
        YamlMappingNode single => [single],
        _ => [],
    };

    private static PodManifest Pod(YamlMappingNode pod, string source)
    {
        var metadata = Map(pod, "metadata");
        var name = Text(metadata, "name") ?? throw new SandboxException($"{source}, line {pod.Start.Line}: a Pod without metadata.name.");
        var spec = Map(pod, "spec");
        var ports = Items(spec, "containers").SelectMany(c => Items(c, "ports")).Select(p => Port(p, source)).Distinct().Order();
        return new PodManifest(
            new PodName(Checked(Text(metadata, "namespace") ?? PodName.DefaultNamespace, metadata!, source), Checked(name, metadata!, source)),
            Text(spec, "nodeName") is { } node ? Node(node, spec!, source) : null,
            [.. ports],
            Text(spec, "hostNetwork") == "true");
    }

    // Names become host names and parts of paths: what Kubernetes would refuse is refused here too.
    private static string Checked(string name, YamlMappingNode at, string source) => Subdomain().IsMatch(name)
        ? name
        : throw new SandboxException($"{source}, line {at.Start.Line}: '{name}' is not a DNS-1123 name.");

    private static string Node(string name, YamlMappingNode at, string source) => name.Length <= PodName.LongestHostName
        ? Checked(name, at, source)
        : throw new SandboxException($"{source}, line {at.Start.Line}: nodeName '{name}' is longer than the {PodName.LongestHostName} characters that a host's name can have here.");

    private static int Port(YamlMappingNode port, string source) =>
        int.TryParse(Text(port, "containerPort"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue
            ? number
            : throw new SandboxException($"{source}, line {port.Start.Line}: containerPort '{Text(port, "containerPort")}' is not 1 to 65535.");

    private static YamlNode? Child(YamlMappingNode? node, string key) =>
        node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static YamlMappingNode? Map(YamlMappingNode? node, string key) => Child(node, key) as YamlMappingNode;

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode? node, string key) =>
        (Child(node, key) as YamlSequenceNode)?.OfType<YamlMappingNode>() ?? [];

    private static string? Text(YamlMappingNode? node, string key) => (Child(node, key) as YamlScalarNode)?.Value is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subdomain();
}
