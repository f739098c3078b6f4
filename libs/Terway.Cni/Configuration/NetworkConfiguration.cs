using System.Collections.Immutable;
using System.Text.Json;
using Terway.Cni.Internal;

namespace Terway.Cni;

/// <summary>The network configuration that the runtime writes to a plugin's standard input. Keys that are not here are the plugin's own: <see cref="Text"/> and its like read them.</summary>
public sealed class NetworkConfiguration
{
    private const int MaxDepth = 64;

    internal NetworkConfiguration()
    {
    }

    /// <summary>The whole text.</summary>
    public ReadOnlyMemory<byte> Json { get; internal set; }

    /// <summary>The version of the specification in use.</summary>
    public CniVersion Version { get; internal set; }

    /// <summary>The network's name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The plugin's file name; empty when the runtime did not say it.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>The capabilities that the administrator declared for the plugin.</summary>
    public IReadOnlyDictionary<string, bool> Capabilities { get; internal set; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>What the runtime passes for declared capabilities (<c>runtimeConfig</c>).</summary>
    public RuntimeConfiguration Runtime { get; internal set; } = new();

    /// <summary>GC: the attachments that exist. Null when the runtime sent no list, which is not the same as an empty one.</summary>
    public ImmutableArray<Attachment>? ValidAttachments { get; internal set; }

    /// <summary>True when the runtime passed the result of the previous plugin or of ADD.</summary>
    public bool HasPrevResult => PrevResult.Length > 0;

    internal string? VersionText { get; set; }

    internal JsonSlice PrevResult { get; set; }

    /// <summary>The result of the previous plugin of the chain (ADD), or of the attachment's ADD (CHECK, DEL); null when there is none.</summary>
    /// <exception cref="CniException"><see cref="CniErrorCode.DecodingFailure"/>: it is not a result.</exception>
    public CniResult? ReadPrevResult()
    {
        if (!HasPrevResult)
            return null;
        try
        {
            return ResultReader.Read(Json.Span.Slice(PrevResult.Start, PrevResult.Length));
        }
        catch (JsonException e)
        {
            throw new CniException(CniErrorCode.DecodingFailure, "the configuration's prevResult is not a CNI result", e.Message, innerException: e);
        }
    }

    /// <summary>The text of one of the plugin's own keys; null when it is absent.</summary>
    /// <param name="key">The key, at the top of the configuration.</param>
    /// <exception cref="CniException"><see cref="CniErrorCode.DecodingFailure"/>: the value is not text.</exception>
    public string? Text(string key) => Find(key, JsonRead.OptionalText);

    /// <summary>The integer of one of the plugin's own keys; null when it is absent.</summary>
    /// <param name="key">The key, at the top of the configuration.</param>
    /// <exception cref="CniException"><see cref="CniErrorCode.DecodingFailure"/>: the value is not an integer.</exception>
    public int? Number(string key) => Find<int?>(key, static (ref Utf8JsonReader json) => JsonRead.Integer(ref json));

    /// <summary>The truth value of one of the plugin's own keys; null when it is absent.</summary>
    /// <param name="key">The key, at the top of the configuration.</param>
    /// <exception cref="CniException"><see cref="CniErrorCode.DecodingFailure"/>: the value is neither true nor false.</exception>
    public bool? Flag(string key) => Find<bool?>(key, static (ref Utf8JsonReader json) => JsonRead.Boolean(ref json));

    private T? Find<T>(string key, JsonItem<T?> read)
    {
        try
        {
            return JsonRead.Document(Json.Span, MaxDepth, (ref Utf8JsonReader json) =>
            {
                T? value = default;
                JsonRead.Object(ref json);
                while (JsonRead.Field(ref json, out string name))
                    if (name == key)
                        value = read(ref json);
                    else
                        json.Skip();
                return value;
            });
        }
        catch (JsonException e)
        {
            throw new CniException(CniErrorCode.DecodingFailure, $"'{key}' of the network configuration '{Name}' can not be read", e.Message, innerException: e);
        }
    }
}
