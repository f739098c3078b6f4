using System.Text.RegularExpressions;

namespace Terway.Sandbox.Machine;

/// <summary>
/// The name of one sandbox. Everything that it puts on the machine carries it, so that two sandboxes never collide and
/// whatever a crash left behind is found again: network namespaces by prefix, processes by an environment variable that
/// children inherit, files by folder.
/// </summary>
internal sealed partial record SandboxName
{
    /// <summary>Variable in the environment of every process that a sandbox starts.</summary>
    public const string EnvironmentVariable = "TERWAY_SANDBOX";

    public const string Default = "default";

    private const string StateRoot = "/run/terway-sandbox";
    private const string NamespacePrefix = "twsb-";

    public SandboxName(string value)
    {
        if (!Allowed().IsMatch(value))
            throw new SandboxException($"'{value}' cannot name a sandbox: use 1 to 32 of a-z, 0-9 and '-', starting with a letter or digit.");
        Value = value;
    }

    public string Value { get; }

    /// <summary>Folder with the control socket, the logs and the list of what runs.</summary>
    public string StateFolder => Path.Combine(StateRoot, Value);

    public string LogFolder => Path.Combine(StateFolder, "logs");

    /// <summary>The file that says where the control endpoint of the sandbox's cloud listens.</summary>
    public string CloudControlFile => Path.Combine(StateFolder, "cloud-control");

    public string ControlSocket => Path.Combine(StateFolder, "control.sock");

    /// <summary>A name that no other sandbox uses, for one that lives as long as one command.</summary>
    public static SandboxName Unique(string purpose) => new($"{purpose}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>Every sandbox that left a state folder.</summary>
    public static IEnumerable<SandboxName> All() => Directory.Exists(StateRoot)
        ? Directory.EnumerateDirectories(StateRoot).Select(Path.GetFileName).Where(n => Allowed().IsMatch(n!)).Select(n => new SandboxName(n!)).ToArray()
        : [];

    public string Namespace(string role) => $"{NamespacePrefix}{Value}.{role}";

    public bool OwnsNamespace(string name) => name.StartsWith($"{NamespacePrefix}{Value}.", StringComparison.Ordinal);

    public override string ToString() => Value;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
