using System.Text.Json;
using System.Text.Json.Serialization;
using Terway.Sandbox.Probes;

namespace Terway.Sandbox.Control;

/// <summary>What a command asks of a sandbox that runs in the background. Exactly one member is set.</summary>
internal sealed record ControlRequest
{
    /// <summary>Run these probes, each within so many seconds.</summary>
    public ProbeOrder? Probe { get; init; }

    /// <summary>Say which process holds the namespaces of a pod, <c>node/NAME</c> or <c>vpc</c>.</summary>
    public string? Holder { get; init; }

    /// <summary>Create the pods of this folder of manifests.</summary>
    public string? Create { get; init; }

    /// <summary>Delete this pod.</summary>
    public string? Delete { get; init; }

    /// <summary>List the pods.</summary>
    public bool? Pods { get; init; }

    /// <summary>List what was dropped as spoofed.</summary>
    public bool? Spoofed { get; init; }

    /// <summary>Remove everything and end.</summary>
    public bool? Down { get; init; }
}

internal sealed record ProbeOrder(IReadOnlyList<Probe> Probes, double PatienceSeconds);

/// <summary>The answer: an error, or what was asked for.</summary>
internal sealed record ControlReply
{
    public string? Error { get; init; }

    public IReadOnlyList<ProbeResult>? Results { get; init; }

    public int? HolderProcess { get; init; }

    public IReadOnlyList<PodRow>? Pods { get; init; }

    public IReadOnlyList<SpoofedRow>? Spoofed { get; init; }
}

internal sealed record SpoofedRow(string Eni, string Mac, string Source, long Packets)
{
    public static readonly string[] Columns = ["ENI", "source MAC", "source address", "packets dropped"];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ProtocolConverter), typeof(VerdictConverter)])]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(PodRow[]))]
internal sealed partial class ControlJson : JsonSerializerContext;
