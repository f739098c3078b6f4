using Terway.Cni.Daemon;

namespace Terway.CniPlugin;

/// <summary>The plugin's own keys of the network configuration. Keys that only the daemon or the installation reads are not here.</summary>
internal sealed class TerwayConfiguration
{
    /// <summary><c>mtu</c>: MTU of the pod's link and of the ENI, in bytes; 0 is the default.</summary>
    public int Mtu { get; init; }

    /// <summary><c>debug</c>: write what is done to standard error.</summary>
    public bool Debug { get; init; }

    /// <summary><c>daemon_socket</c>: where the daemon listens.</summary>
    public string DaemonSocket { get; init; } = DaemonContract.DefaultSocketPath;

    /// <summary><c>pending_folder</c>: where releases wait that could not reach the daemon.</summary>
    public string PendingFolder { get; init; } = DaemonContract.DefaultPendingFolder;
}
