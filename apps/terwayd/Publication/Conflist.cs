using System.Text.Json;
using System.Text.Json.Nodes;
using Terway.Datapath;

namespace Terwayd.Publication;

/// <summary>
/// The CNI configuration list made from what the operator mounted (a list or a single plugin's configuration) or, without any, the
/// default: our plugin alone. Plugins keep their order and every key that is not ours to decide.
/// </summary>
/// <param name="Text">The file's content.</param>
/// <param name="PodMtu">The MTU that it gives pods, in bytes; ENIs get the same.</param>
internal sealed record Conflist(string Text, int PodMtu)
{
    /// <summary>Cilium's chaining mode knows the list by this name; existing clusters have it.</summary>
    internal const string NetworkName = "terway-chainer";

    /// <summary>The newest version that containerd 1.6 and podman 4 take; both leave GC and STATUS of 1.1.0 out.</summary>
    internal const string DefaultCniVersion = "1.0.0";

    /// <summary>Name of our plugin's binary in the runtime's folder of plugins, as upstream installs it.</summary>
    internal const string PluginType = "terway";

    /// <summary>The same plugin under the name that our build gives it.</summary>
    private const string BinaryName = "terway-cni";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>
    /// Renders the list from what the operator mounted; <paramref name="linkMtu"/> is the MTU of the node's primary link, which
    /// <c>auto_mtu</c> asks for.
    /// </summary>
    internal static Conflist Render(ConflistSource source, int linkMtu)
    {
        var sourcePath = source.Path;
        var input = source.Content is null ? Default() : Parse(source.Content, sourcePath);
        var plugins = new JsonArray();
        JsonObject? ours = null;
        foreach (var plugin in PluginsOf(input, sourcePath))
        {
            var copy = plugin.DeepClone().AsObject();
            copy.Remove("cniVersion");
            copy.Remove("name");
            if (TextOf(copy, "type") is PluginType or BinaryName)
                ours = CompleteOurs(copy, sourcePath, linkMtu);
            plugins.Add((JsonNode)copy);
        }

        if (ours is null)
            throw Invalid(sourcePath, "no plugin of type \"terway\" is in it");

        var list = new JsonObject
        {
            ["cniVersion"] = TextOf(input, "cniVersion") ?? DefaultCniVersion,
            ["name"] = NetworkName,
            ["plugins"] = plugins,
        };
        return new Conflist(Write(list), MtuOf(ours, sourcePath));
    }

    private static JsonObject Default() => new()
    {
        ["type"] = PluginType,
        ["capabilities"] = new JsonObject { ["bandwidth"] = true },
    };

    private static JsonObject Parse(string source, string sourcePath)
    {
        try
        {
            return JsonNode.Parse(source) as JsonObject ?? throw Invalid(sourcePath, "it is no JSON object");
        }
        catch (JsonException e)
        {
            throw Invalid(sourcePath, e.Message, e);
        }
    }

    private static IEnumerable<JsonObject> PluginsOf(JsonObject input, string sourcePath)
    {
        if (!input.TryGetPropertyValue("plugins", out var plugins))
            return [input];
        if (plugins is not JsonArray list)
            throw Invalid(sourcePath, "\"plugins\" is no list");
        return list.Select(p => p as JsonObject ?? throw Invalid(sourcePath, "a plugin is no JSON object"));
    }

    private static JsonObject CompleteOurs(JsonObject plugin, string sourcePath, int linkMtu)
    {
        var datapath = TextOf(plugin, "eniip_virtual_type")?.ToLowerInvariant() ?? "";
        if (datapath is not ("" or "veth"))
            throw Invalid(sourcePath, $"eniip_virtual_type \"{datapath}\" is not served; \"veth\" is");
        plugin["eniip_virtual_type"] = "veth";
        plugin["bandwidth_mode"] = "tc";

        var autoMtu = plugin.TryGetPropertyValue("auto_mtu", out var flag) && flag?.GetValueKind() is JsonValueKind.True;
        plugin.Remove("auto_mtu");
        if (autoMtu && !plugin.ContainsKey("mtu"))
            plugin["mtu"] = linkMtu;
        return plugin;
    }

    private static int MtuOf(JsonObject plugin, string sourcePath)
    {
        if (!plugin.TryGetPropertyValue("mtu", out var value) || value is null)
            return PodNetworkRequest.DefaultMtu;
        return value is JsonValue number && number.TryGetValue<int>(out var mtu) && mtu is > 0 and <= ushort.MaxValue
            ? mtu
            : throw Invalid(sourcePath, $"mtu is {value.ToJsonString()}; expected bytes, up to {ushort.MaxValue}");
    }

    private static string? TextOf(JsonObject node, string key) =>
        node.TryGetPropertyValue(key, out var value) && value?.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    private static string Write(JsonObject list)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            list.WriteTo(writer);
        buffer.WriteByte((byte)'\n');
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static TerwaydException Invalid(string sourcePath, string problem, Exception? cause = null) => new(
        DaemonErrors.ConflistInvalid,
        $"reading the CNI configuration {sourcePath}: {problem}",
        "correct it, or remove it to publish the default",
        cause);
}
