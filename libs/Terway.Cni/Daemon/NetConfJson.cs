using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Terway.Cni.Daemon.Internal;
using Terway.Cni.Internal;

namespace Terway.Cni.Daemon;

/// <summary>Network configurations as text, in the form that upstream Terway keeps in a node's database.</summary>
public static class NetConfJson
{
    private const int MaxDepth = 16;

    /// <summary>Writes configurations as a JSON array.</summary>
    /// <param name="netConfs">The configurations.</param>
    public static string Write(ImmutableArray<NetConf> netConfs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            JsonWrite.Items(json, netConfs, NetConfCodec.Write);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a JSON array of configurations.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">The text is not such an array.</exception>
    public static ImmutableArray<NetConf> Read(string json)
    {
        try
        {
            return JsonRead.Document(Encoding.UTF8.GetBytes(json), MaxDepth, static (ref Utf8JsonReader reader) => JsonRead.List(ref reader, NetConfCodec.Read));
        }
        catch (JsonException e)
        {
            throw new FormatException($"not a list of network configurations: {e.Message}", e);
        }
    }
}
