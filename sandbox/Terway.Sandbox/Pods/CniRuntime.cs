using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Terway.Sandbox.Machine;

namespace Terway.Sandbox.Pods;

/// <summary>
/// The network half of a container runtime on one node: reads the node's configuration list and runs its plugins inside the
/// node, as libcni does (CNI specification 1.1.0, sections 3 and 4).
/// </summary>
internal sealed class CniRuntime(SandboxName name, NamespaceHolder node)
{
    /// <summary>Where plugins lie inside a node.</summary>
    public const string PluginFolder = "/opt/cni/bin";

    /// <summary>Where runtimes look for network configurations inside a node.</summary>
    public const string ConfigFolder = "/etc/cni/net.d";

    /// <summary>Runs ADD of every plugin in order; the result is the last one's.</summary>
    public async Task<JsonNode> AddAsync(CniAttachment attachment, CancellationToken cancellationToken)
    {
        var network = Load();
        JsonNode? result = null;
        for (var i = 0; i < network.Plugins.Count; i++)
            result = await RunAsync(network.Plugins[i], "ADD", network.Input(i, result), attachment, cancellationToken);
        return result ?? throw new SandboxException($"ADD of network {network.Name} gave no result.");
    }

    /// <summary>Runs CHECK of every plugin in order against what ADD gave.</summary>
    public async Task CheckAsync(CniAttachment attachment, JsonNode result, CancellationToken cancellationToken)
    {
        var network = Load();
        for (var i = 0; i < network.Plugins.Count; i++)
            await RunAsync(network.Plugins[i], "CHECK", network.Input(i, result), attachment, cancellationToken);
    }

    /// <summary>Runs DEL of every plugin, last one first.</summary>
    public async Task DeleteAsync(CniAttachment attachment, JsonNode? result, CancellationToken cancellationToken)
    {
        var network = Load();
        for (var i = network.Plugins.Count - 1; i >= 0; i--)
            await RunAsync(network.Plugins[i], "DEL", network.Input(i, result), attachment, cancellationToken);
    }

    /// <summary>Asks every plugin whether an ADD would succeed now.</summary>
    public async Task StatusAsync(CancellationToken cancellationToken)
    {
        var network = Load();
        for (var i = 0; i < network.Plugins.Count; i++)
            await RunAsync(network.Plugins[i], "STATUS", network.Input(i, null), NoAttachment("STATUS"), cancellationToken);
    }

    /// <summary>Tells every plugin which attachments are still valid; what belongs to none may be freed.</summary>
    public async Task CollectGarbageAsync(IEnumerable<CniAttachment> valid, CancellationToken cancellationToken)
    {
        var network = Load();
        var attachments = new JsonArray([.. valid.Select(a => new JsonObject { ["containerID"] = a.ContainerId, ["ifname"] = a.Interface })]);
        for (var i = 0; i < network.Plugins.Count; i++)
            await RunAsync(network.Plugins[i], "GC", network.Input(i, null, attachments), NoAttachment("GC"), cancellationToken);
    }

    /// <summary>The addresses of a result, in its order.</summary>
    public static IReadOnlyList<IPAddress> Addresses(JsonNode result) =>
        [.. (result["ips"]?.AsArray() ?? []).Select(ip => IPAddress.Parse(((string)ip!["address"]!).Split('/')[0]))];

    private CniNetworkConfig Load() => CniNetworkConfig.Load(node.PathInside(ConfigFolder));

    private Task<JsonNode?> RunAsync(string plugin, string command, string input, CniAttachment attachment, CancellationToken cancellationToken) =>
        RunAsync(plugin, command, input, attachment.Environment(command), cancellationToken);

    private static Dictionary<string, string> NoAttachment(string command) =>
        new(StringComparer.Ordinal) { ["CNI_COMMAND"] = command, ["CNI_PATH"] = PluginFolder };

    private async Task<JsonNode?> RunAsync(string plugin, string command, string input, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var done = await HostCommand.RunAsync(name, node.Inside($"{PluginFolder}/{plugin}"), input, environment, cancellationToken);
        var answer = Parse(done);
        if (done.ExitCode == 0)
            return answer;
        if (answer?["code"] is { } code)
            throw new CniException(command, plugin, code.GetValue<uint>(), (string?)answer["msg"] ?? "", (string?)answer["details"]);
        throw new SandboxException($"{plugin} {command} ended with {done.ExitCode} and without a CNI error.") { Transcript = (done.Error + done.Output).Trim() };
    }

    private static JsonNode? Parse(CommandResult done)
    {
        try
        {
            return string.IsNullOrWhiteSpace(done.Output) ? null : JsonNode.Parse(done.Output);
        }
        catch (JsonException e)
        {
            throw new SandboxException($"'{done.Line}' printed something that is not JSON.", e) { Transcript = done.Output + done.Error };
        }
    }
}
