using System.CommandLine;
using Microsoft.Extensions.Logging;
using Terwayd.Hosting;

namespace Terwayd.CommandLine;

/// <summary>
/// The command line. Flags of the daemon are taken with one dash or two, because manifests of existing clusters write them in
/// Go's style.
/// </summary>
internal sealed class TerwaydCommandLine(
    Func<DaemonArguments, CancellationToken, Task<int>> run,
    Func<ShowArguments, CancellationToken, Task<int>> show,
    PolicyCommandLine policy,
    TextWriter output)
{
    private static readonly DaemonArguments Defaults = new();

    private readonly Option<string> _config = Flag("config", "Path of eni_conf (JSON).", Defaults.ConfigPath);
    private readonly Option<string> _daemonMode = Flag("daemon-mode", "Network mode; ENIMultiIP is the one there is.", Defaults.DaemonMode);
    private readonly Option<string> _logLevel = Flag("log-level", "trace, debug, info, warn or error.", "info");
    private readonly Option<string> _socket = Flag("socket", "Unix socket of the contract with the CNI plugin.", Defaults.SocketPath);
    private readonly Option<string> _lock = Flag("lock", "File that is locked by the node's one daemon.", Defaults.LockPath);
    private readonly Option<string> _stateDirectory = Flag("state-dir", "Folder of the store and of the spool.", Defaults.StateDirectory);
    private readonly Option<string> _cniConfDirectory = Flag("cni-conf-dir", "Folder that the runtime reads CNI configurations from.", Defaults.CniConfDirectory);
    private readonly Option<string?> _cniConfSource = Flag<string?>("cni-conf-source", "Folder of the CNI configuration to publish; the folder of --config if absent.", null);
    private readonly Option<string?> _manifests = Flag<string?>("manifests", "Folder of manifests that network policy is taken from, and watched; without it no policy is enforced.", null);

    internal Task<int> InvokeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Build().Parse(arguments).InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output },
            cancellationToken);

    private RootCommand Build()
    {
        var root = new RootCommand("The node daemon of Terway: gives every pod of this node a VPC address from an elastic network interface.")
        {
            _config, _daemonMode, _logLevel, _socket, _lock, _stateDirectory, _cniConfDirectory, _cniConfSource, _manifests,
        };
        root.SetAction((parsed, cancellationToken) => run(Daemon(parsed), cancellationToken));
        var asking = new ShowCommandLine(show, Defaults.SocketPath);
        root.Subcommands.Add(asking.BuildShow());
        root.Subcommands.Add(asking.BuildExplain());
        root.Subcommands.Add(policy.Build());
        var version = new Command("version", "Print the version.");
        version.SetAction(_ => output.WriteLine(ProgramVersion.Text));
        root.Subcommands.Add(version);
        return root;
    }

    private DaemonArguments Daemon(ParseResult parsed) => new()
    {
        ConfigPath = parsed.GetRequiredValue(_config),
        DaemonMode = parsed.GetRequiredValue(_daemonMode),
        LogLevel = Level(parsed.GetRequiredValue(_logLevel)),
        SocketPath = parsed.GetRequiredValue(_socket),
        LockPath = parsed.GetRequiredValue(_lock),
        StateDirectory = parsed.GetRequiredValue(_stateDirectory),
        CniConfDirectory = parsed.GetRequiredValue(_cniConfDirectory),
        CniConfSource = parsed.GetValue(_cniConfSource),
        Manifests = parsed.GetValue(_manifests),
    };

    /// <summary>Unknown words mean the normal level, as upstream reads the flag.</summary>
    private static LogLevel Level(string word) => word.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => LogLevel.Information,
    };

    private static Option<T> Flag<T>(string name, string description, T fallback) =>
        new($"--{name}", $"-{name}") { Description = description, DefaultValueFactory = _ => fallback };
}
