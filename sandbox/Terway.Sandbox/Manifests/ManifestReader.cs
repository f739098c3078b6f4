using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terway.Policy;
using Terway.Policy.Manifests;

namespace Terway.Sandbox.Manifests;

/// <summary>Reads a folder of Kubernetes manifests (YAML or JSON, several documents a file, Lists): the pods to make, and what governs them.</summary>
internal static partial class ManifestReader
{
    /// <summary>All objects of all files, in the order of file names and documents. A pod that is declared twice is an error.</summary>
    public static ManifestContent ReadFolder(string folder)
    {
        try
        {
            var content = ManifestContent.Join(ManifestFolder.Files(folder).Select(f => Read(File.ReadAllText(f), f)));
            if (content.Pods.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new SandboxException($"Pod {twice.Key} is declared more than once in '{folder}'.");
            return content;
        }
        catch (ManifestException e)
        {
            throw new SandboxException($"{e.Message} ({e.Hint})", e);
        }
    }

    /// <summary>The objects of one file's text. <paramref name="source"/> names it in errors.</summary>
    public static ManifestContent Read(string text, string source)
    {
        try
        {
            var objects = ManifestText.Read(text, source);
            return new(
                [.. objects.Where(IsPod).Select(o => Pod(o, source))],
                [.. objects.Where(o => !IsPod(o))],
                [.. objects.SelectMany(o => Manifest.Read(o).Problems).Select(p => $"{source}: {p}")]);
        }
        catch (ManifestException e)
        {
            throw new SandboxException($"{e.Message} ({e.Hint})", e);
        }
    }

    private static bool IsPod(JsonElement written) => Text(written, "kind") == "Pod";

    private static PodManifest Pod(JsonElement pod, string source)
    {
        var metadata = Child(pod, "metadata");
        var name = Text(metadata, "name") ?? throw new SandboxException($"{source}: a Pod without metadata.name.");
        var spec = Child(pod, "spec");
        JsonElement[] ports = [.. Items(spec, "containers").SelectMany(c => Items(c, "ports"))];
        return new PodManifest(
            new PodName(Checked(Text(metadata, "namespace") ?? PodName.DefaultNamespace, source), Checked(name, source)),
            Text(spec, "nodeName") is { } node ? Node(node, source) : null,
            [.. ports.Select(p => Port(p, $"{source}, Pod {name}")).Distinct().Order()],
            Child(spec, "hostNetwork") is { ValueKind: JsonValueKind.True })
        {
            NamedPorts = [.. ports.Where(p => Text(p, "name") is not null).Select(p => new NamedPort(Text(p, "name")!, Text(p, "protocol") ?? "TCP", Port(p, source)))],
            Written = pod,
        };
    }

    // Names become host names and parts of paths: what Kubernetes would refuse is refused here too.
    private static string Checked(string name, string source) => Subdomain().IsMatch(name)
        ? name
        : throw new SandboxException($"{source}: '{name}' is not a DNS-1123 name.");

    private static string Node(string name, string source) => name.Length <= PodName.LongestHostName
        ? Checked(name, source)
        : throw new SandboxException($"{source}: nodeName '{name}' is longer than the {PodName.LongestHostName} characters that a host's name can have here.");

    private static int Port(JsonElement port, string source) =>
        int.TryParse(Text(port, "containerPort"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue
            ? number
            : throw new SandboxException($"{source}: containerPort '{Text(port, "containerPort")}' is not 1 to 65535.");

    private static JsonElement Child(JsonElement at, string key) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(key, out var child) ? child : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement at, string key) =>
        Child(at, key) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static string? Text(JsonElement at, string key) => Child(at, key) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } filled => filled,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subdomain();
}
