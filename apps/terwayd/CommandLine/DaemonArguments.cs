using Microsoft.Extensions.Logging;

namespace Terwayd.CommandLine;

/// <summary>What the command line says about running the daemon.</summary>
internal sealed record DaemonArguments
{
    /// <summary>The one mode that there is: pods share ENIs.</summary>
    internal const string EniMultiIp = "ENIMultiIP";

    internal const string DefaultRunDirectory = "/var/run/eni";
    internal const string DefaultSocket = DefaultRunDirectory + "/eni.socket";
    internal const string DefaultStateDirectory = "/var/lib/cni/terway";

    /// <summary>Network mode.</summary>
    public string DaemonMode { get; init; } = EniMultiIp;

    /// <summary>Path of <c>eni_conf</c>.</summary>
    public string ConfigPath { get; init; } = "/etc/eni/eni.json";

    /// <summary>The contract's socket.</summary>
    public string SocketPath { get; init; } = DefaultSocket;

    /// <summary>The singleton lock.</summary>
    public string LockPath { get; init; } = DefaultRunDirectory + "/terwayd.lock";

    /// <summary>Folder of the store and of the spool.</summary>
    public string StateDirectory { get; init; } = DefaultStateDirectory;

    /// <summary>Where the runtime looks for CNI configurations.</summary>
    public string CniConfDirectory { get; init; } = "/etc/cni/net.d";

    /// <summary>Where the operator mounted the CNI configuration to publish; <see langword="null"/>: beside <see cref="ConfigPath"/>.</summary>
    public string? CniConfSource { get; init; }

    /// <summary>Folder of manifests that network policy is taken from; <see langword="null"/>: there is no policy.</summary>
    public string? Manifests { get; init; }

    /// <summary>Least severe records that are written.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    internal string StorePath => Path.Combine(StateDirectory, "terway.db");

    /// <summary>Files of DELs that found no daemon.</summary>
    internal string SpoolDirectory => Path.Combine(StateDirectory, "pending");

    internal string CniConfSourceDirectory =>
        CniConfSource ?? Path.GetDirectoryName(Path.GetFullPath(ConfigPath)) ?? "/";
}
