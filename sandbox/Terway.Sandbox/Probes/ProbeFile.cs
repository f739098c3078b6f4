using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Sandbox.Probes;

/// <summary>The form of probes and results in files and on the wire: a JSON array.</summary>
internal static class ProbeFile
{
    /// <summary>What a probe looks like, for help and errors.</summary>
    public const string Form = """{"from": "ns/pod" | "node/NAME" | "vpc", "to": "ns/pod" | IP, "protocol": "TCP|UDP|ICMP", "port": number}""";

    public static IReadOnlyList<Probe> Read(string path)
    {
        if (!File.Exists(path))
            throw new SandboxException($"There is no probe file '{path}'.");
        return Parse(File.ReadAllText(path), path);
    }

    public static IReadOnlyList<Probe> Parse(string text, string source)
    {
        try
        {
            var probes = JsonSerializer.Deserialize(text, ProbeJson.Default.ProbeArray) ?? throw new JsonException("It is null.");
            for (var i = 0; i < probes.Length; i++)
                Validate(probes[i], $"{source}, probe {i}");
            return probes;
        }
        catch (JsonException e)
        {
            throw new SandboxException($"{source} is not a JSON array of probes: {e.Message} A probe is {Form}.", e);
        }
    }

    public static string Write(IEnumerable<ProbeResult> results) => JsonSerializer.Serialize([.. results], ProbeJson.Default.ProbeResultArray);

    private static void Validate(Probe? probe, string which)
    {
        if (probe is null)
            throw new SandboxException($"{which} is null; a probe is {Form}.");
        if (probe.From.Length == 0 || probe.To.Length == 0)
            throw new SandboxException($"{which}: 'from' and 'to' must say where.");
        if (probe.Protocol != ProbeProtocol.ICMP && probe.Port is not { IsPossible: true })
            throw new SandboxException($"{which}: {probe.Protocol} needs a 'port' from 1 to 65535, or the name of one.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(ProtocolConverter), typeof(VerdictConverter)])]
[JsonSerializable(typeof(Probe[]))]
[JsonSerializable(typeof(ProbeResult[]))]
internal sealed partial class ProbeJson : JsonSerializerContext;

// A number is no protocol: it would be taken for one by its place in the enum.
internal sealed class ProtocolConverter() : JsonStringEnumConverter<ProbeProtocol>(namingPolicy: null, allowIntegerValues: false);

internal sealed class VerdictConverter() : JsonStringEnumConverter<Verdict>(JsonNamingPolicy.CamelCase);
