using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;

namespace Terway.CniPlugin;

/// <summary>Reads the plugin's own keys.</summary>
internal static class TerwayConfigurationReader
{
    private const int MaxMtu = 65535;

    public static TerwayConfiguration Read(NetworkConfiguration network)
    {
        var configuration = new TerwayConfiguration
        {
            Mtu = network.Number("mtu") ?? 0,
            Debug = network.Flag("debug") ?? false,
            DaemonSocket = network.Text("daemon_socket") ?? DaemonContract.DefaultSocketPath,
            PendingFolder = network.Text("pending_folder") ?? DaemonContract.DefaultPendingFolder,
        };
        if (configuration.Mtu is < 0 or > MaxMtu)
            throw Invalid($"mtu is {configuration.Mtu}; 0 (the default of {PodNetworkRequest.DefaultMtu}) to {MaxMtu} is possible");
        if (!Path.IsPathRooted(configuration.DaemonSocket))
            throw Invalid($"daemon_socket is '{configuration.DaemonSocket}', which is not an absolute path");
        if (!Path.IsPathRooted(configuration.PendingFolder))
            throw Invalid($"pending_folder is '{configuration.PendingFolder}', which is not an absolute path");
        return configuration;
    }

    /// <summary>For DEL, which a mistake in the configuration must not block for ever: where it can not be read, the defaults hold.</summary>
    public static TerwayConfiguration ReadOrDefault(NetworkConfiguration network)
    {
        try
        {
            return Read(network);
        }
        catch (CniException e) when (e.Code is CniErrorCode.DecodingFailure or CniErrorCode.InvalidConfiguration)
        {
            return new TerwayConfiguration();
        }
    }

    private static CniException Invalid(string problem) => new(CniErrorCode.InvalidConfiguration, problem);
}
