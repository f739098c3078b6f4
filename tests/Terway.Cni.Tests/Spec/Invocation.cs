using System.Text;
using System.Text.Json;

namespace Terway.Cni.Tests.Spec;

/// <summary>One run of a plugin inside this process: what the runtime passes, and what comes back.</summary>
internal sealed class Invocation(ICniPlugin plugin)
{
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["CNI_COMMAND"] = "ADD",
        ["CNI_CONTAINERID"] = "c1",
        ["CNI_NETNS"] = "/var/run/netns/c1",
        ["CNI_IFNAME"] = "eth0",
        ["CNI_PATH"] = "/opt/cni/bin",
    };

    public string Stdin { get; set; } = """{"cniVersion":"1.1.0","name":"net","type":"terway"}""";

    public Stream? StdoutOverride { get; set; }

    public string Stdout { get; private set; } = "";

    public string Stderr { get; private set; } = "";

    public JsonElement Answer => JsonDocument.Parse(Stdout).RootElement;

    public int Code => Answer.GetProperty("code").GetInt32();

    public string Message => Answer.GetProperty("msg").GetString()!;

    public string Details => Answer.GetProperty("details").GetString()!;

    public int Run(string? command = null, CancellationToken cancellationToken = default)
    {
        if (command is not null)
            Environment["CNI_COMMAND"] = command;
        using var stdout = new MemoryStream();
        using var stderr = new MemoryStream();
        var process = new CniProcess
        {
            Environment = name => Environment.GetValueOrDefault(name),
            Stdin = new MemoryStream(Encoding.UTF8.GetBytes(Stdin)),
            Stdout = StdoutOverride ?? stdout,
            Stderr = stderr,
        };
        int exit = new CniDispatcher(plugin, process).Run(cancellationToken);
        Stdout = Encoding.UTF8.GetString(stdout.ToArray());
        Stderr = Encoding.UTF8.GetString(stderr.ToArray());
        return exit;
    }
}
