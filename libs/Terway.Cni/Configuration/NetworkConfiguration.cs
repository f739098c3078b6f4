using System.Collections.Immutable;
using System.Text.Json;
using Terway.Cni.Internal;

namespace Terway.Cni;

/// <summary>The network configuration that the runtime writes to a plugin's standard input. Unknown keys are tolerated and kept in <see cref="Json"/>.</summary>
public sealed class NetworkConfiguration
{
    private readonly JsonSlice _prevResult;

    internal NetworkConfiguration(ReadOnlyMemory<byte> json, CniVersion version, NetworkConfigurationModel model)
    {
        Json = json;
        Version = version;
        Name = model.Name ?? "";
        Type = model.Type ?? "";
        Capabilities = model.Capabilities ?? [];
        Runtime = model.RuntimeConfig ?? new RuntimeConfiguration();
        ValidAttachments = Valid(model);
        _prevResult = model.PrevResult;
    }

    /// <summary>The whole text, for a plugin's own keys.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The version of the specification in use.</summary>
    public CniVersion Version { get; }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    /// <summary>The plugin's file name; empty when the runtime did not say it.</summary>
    public string Type { get; }

    /// <summary>The capabilities that the administrator declared for the plugin.</summary>
    public IReadOnlyDictionary<string, bool> Capabilities { get; }

    /// <summary>What the runtime passes for declared capabilities (<c>runtimeConfig</c>).</summary>
    public RuntimeConfiguration Runtime { get; }

    /// <summary>GC: the attachments that exist. Null when the runtime sent no list, which is not the same as an empty one.</summary>
    public ImmutableArray<Attachment>? ValidAttachments { get; }

    /// <summary>True when the runtime passed the result of the previous plugin or of ADD.</summary>
    public bool HasPrevResult => _prevResult.Length > 0;

    /// <summary>The result of the previous plugin of the chain (ADD), or of the attachment's ADD (CHECK, DEL); null when there is none.</summary>
    /// <exception cref="CniException"><see cref="CniErrorCode.DecodingFailure"/>: it is not a result.</exception>
    public CniResult? ReadPrevResult()
    {
        if (!HasPrevResult)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Json.Span.Slice(_prevResult.Start, _prevResult.Length), CniJsonContext.Default.CniResult);
        }
        catch (JsonException e)
        {
            throw new CniException(CniErrorCode.DecodingFailure, "the configuration's prevResult is not a CNI result", e.Message, innerException: e);
        }
    }

    // libcni wrote the key without "valid-" before the specification was final, and still writes both.
    private static ImmutableArray<Attachment>? Valid(NetworkConfigurationModel model) =>
        (model.ValidAttachments ?? model.Attachments) is { } attachments ? [.. attachments] : null;
}
