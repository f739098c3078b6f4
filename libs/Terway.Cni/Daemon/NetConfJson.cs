using System.Collections.Immutable;
using System.Text.Json;
using Terway.Cni.Daemon.Internal;

namespace Terway.Cni.Daemon;

/// <summary>Network configurations as text, in the form that upstream Terway keeps in a node's database.</summary>
public static class NetConfJson
{
    /// <summary>Writes configurations as a JSON array.</summary>
    /// <param name="netConfs">The configurations.</param>
    public static string Write(ImmutableArray<NetConf> netConfs) =>
        JsonSerializer.Serialize(netConfs, DaemonJsonContext.Default.ImmutableArrayNetConf);

    /// <summary>Reads a JSON array of configurations.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">The text is not such an array.</exception>
    public static ImmutableArray<NetConf> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DaemonJsonContext.Default.ImmutableArrayNetConf);
        }
        catch (JsonException e)
        {
            throw new FormatException($"not a list of network configurations: {e.Message}", e);
        }
    }
}
