using System.Text.Json.Serialization;
using Terway.Cni.Daemon;

namespace Terway.CniPlugin;

/// <summary>The plugin's own keys of the network configuration. Keys that only the daemon or the installation reads are not here.</summary>
/// <remarks>The members have setters because the generated reader assigns every <c>init</c> member, absent ones too: their defaults would be lost.</remarks>
internal sealed class TerwayConfiguration
{
    /// <summary>MTU of the pod's link and of the ENI, in bytes; 0 is the default.</summary>
    [JsonPropertyName("mtu")]
    public int Mtu { get; set; }

    /// <summary>Write what is done to standard error.</summary>
    [JsonPropertyName("debug")]
    public bool Debug { get; set; }

    /// <summary>Where the daemon listens.</summary>
    [JsonPropertyName("daemon_socket")]
    public string DaemonSocket { get; set; } = DaemonContract.DefaultSocketPath;

    /// <summary>Where releases wait that could not reach the daemon.</summary>
    [JsonPropertyName("pending_folder")]
    public string PendingFolder { get; set; } = DaemonContract.DefaultPendingFolder;
}
