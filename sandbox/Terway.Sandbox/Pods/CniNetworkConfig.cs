using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terway.Sandbox.Pods;

/// <summary>A network configuration list as a container runtime reads it from a node's <c>/etc/cni/net.d</c>.</summary>
internal sealed class CniNetworkConfig
{
    private readonly JsonObject[] _plugins;

    private CniNetworkConfig(string name, string version, JsonObject[] plugins)
    {
        Name = name;
        Version = version;
        _plugins = plugins;
    }

    public string Name { get; }

    public string Version { get; }

    /// <summary>The plugins in the order of ADD; DEL goes the other way.</summary>
    public IReadOnlyList<string> Plugins => [.. _plugins.Select(TypeOf)];

    /// <summary>The list that a runtime uses: the first in the order of file names.</summary>
    public static CniNetworkConfig Load(string folder)
    {
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.conflist").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        return file is null ? throw new SandboxException("The node has no CNI network configuration: its daemon has not published one.") : Parse(File.ReadAllText(file));
    }

    public static CniNetworkConfig Parse(string text)
    {
        try
        {
            var list = JsonNode.Parse(text)!.AsObject();
            var plugins = list["plugins"]!.AsArray().Select(p => p!.AsObject()).ToArray();
            return new CniNetworkConfig((string)list["name"]!, (string?)list["cniVersion"] ?? "0.1.0", plugins);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new SandboxException($"The node's CNI network configuration list is not readable: {e.Message}", e);
        }
    }

    /// <summary>
    /// What one plugin gets on its standard input: its own part of the list with the list's name and version, and the previous
    /// result or, for GC, the attachments that are valid. This runtime offers no capability, so it hands none over.
    /// </summary>
    public string Input(int plugin, JsonNode? previousResult, JsonArray? validAttachments = null)
    {
        var config = _plugins[plugin].DeepClone().AsObject();
        config["name"] = Name;
        config["cniVersion"] = Version;
        if (previousResult is not null)
            config["prevResult"] = previousResult.DeepClone();
        if (validAttachments is not null)
            config["cni.dev/valid-attachments"] = validAttachments.DeepClone();
        config.Remove("capabilities");
        return config.ToJsonString();
    }

    private static string TypeOf(JsonObject plugin) => (string)plugin["type"]!;
}
