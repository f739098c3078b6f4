using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Terway.Policy.Manifests;
using Terway.Sandbox.Manifests;

namespace Terway.Sandbox.Nodes;

/// <summary>
/// What an API server would tell the nodes: the objects of the manifests, and the pods with their nodes and addresses. Each node has
/// it as one file in a folder that its daemon watches, replaced as a whole. Safe for use by several threads at once.
/// </summary>
internal sealed class ClusterObjects
{
    /// <summary>The folder inside a node.</summary>
    public const string Folder = "/etc/terway/manifests";

    private const string File = "cluster.json";

    private readonly Lock _gate = new();
    private readonly Dictionary<PodName, (PodManifest Manifest, string Node, IPAddress? Address)> _pods = [];
    private readonly Dictionary<string, int> _turns = new(StringComparer.Ordinal);
    private ImmutableArray<JsonElement> _others = [];
    private int _turn;

    /// <summary>Replaces all that is no pod.</summary>
    public void SetOthers(ImmutableArray<JsonElement> objects)
    {
        lock (_gate)
            _others = objects;
    }

    /// <summary>A pod that is placed, and once it is there its address.</summary>
    public void SetPod(PodManifest manifest, string node, IPAddress? address)
    {
        lock (_gate)
            _pods[manifest.Name] = (manifest, node, address);
    }

    /// <summary>A pod reads so now; one that is not there stays away.</summary>
    public void Reword(PodManifest manifest)
    {
        lock (_gate)
        {
            if (_pods.TryGetValue(manifest.Name, out var known))
                _pods[manifest.Name] = known with { Manifest = known.Manifest with { Written = manifest.Written } };
        }
    }

    public void RemovePod(PodName name)
    {
        lock (_gate)
            _pods.Remove(name);
    }

    /// <summary>
    /// Gives nodes all objects, and returns the turn. A daemon reads the newest it finds, so with several publishers at once it may never
    /// have had a turn, and have a later one, which says at least as much.
    /// </summary>
    public int Publish(IEnumerable<Node> nodes)
    {
        lock (_gate)
        {
            var text = Text();
            var digest = "";
            foreach (var node in nodes)
            {
                var folder = node.Holder.PathInside(Folder);
                Directory.CreateDirectory(folder);
                var hidden = Path.Combine(folder, $".{File}");
                System.IO.File.WriteAllText(hidden, text);
                System.IO.File.Move(hidden, Path.Combine(folder, File), overwrite: true);
                digest = ManifestDirectory.DigestOf(folder);
            }

            _turns[digest] = ++_turn;
            return _turn;
        }
    }

    /// <summary>The latest turn that had this digest, by which a daemon names what it goes by; 0 when none had.</summary>
    public int TurnOf(string digest)
    {
        lock (_gate)
            return _turns.GetValueOrDefault(digest);
    }

    private string Text()
    {
        var pods = _pods.OrderBy(p => p.Key.ToString(), StringComparer.Ordinal).Select(p => (JsonNode)Pod(p.Value.Manifest, p.Value.Node, p.Value.Address));
        var items = new JsonArray([.. _others.Select(o => JsonNode.Parse(o.GetRawText())), .. pods]);
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = items }.ToJsonString();
    }

    private static JsonObject Pod(PodManifest manifest, string node, IPAddress? address)
    {
        var pod = manifest.Written is { } written ? JsonNode.Parse(written.GetRawText())!.AsObject() : Bare(manifest);
        pod["apiVersion"] = "v1";
        Part(pod, "spec")["nodeName"] = node;
        if (address is not null)
        {
            Part(pod, "status")["podIP"] = address.ToString();
            Part(pod, "status")["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address.ToString() });
        }

        return pod;
    }

    private static JsonObject Bare(PodManifest manifest) => new()
    {
        ["kind"] = "Pod",
        ["metadata"] = new JsonObject { ["namespace"] = manifest.Name.Namespace, ["name"] = manifest.Name.Name },
        ["spec"] = new JsonObject { ["hostNetwork"] = manifest.HostNetwork },
    };

    private static JsonObject Part(JsonObject pod, string name)
    {
        if (pod[name] is not JsonObject part)
            pod[name] = part = [];
        return part;
    }
}
