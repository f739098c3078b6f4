using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

/// <summary>The configuration as it is written, before anything is checked.</summary>
internal sealed class NetworkConfigurationModel
{
    [JsonPropertyName("cniVersion")]
    public string? CniVersion { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("capabilities")]
    public Dictionary<string, bool>? Capabilities { get; init; }

    [JsonPropertyName("runtimeConfig")]
    public RuntimeConfiguration? RuntimeConfig { get; init; }

    [JsonPropertyName("prevResult")]
    [JsonConverter(typeof(JsonSliceConverter))]
    public JsonSlice PrevResult { get; init; }

    [JsonPropertyName("cni.dev/valid-attachments")]
    public Attachment[]? ValidAttachments { get; init; }

    [JsonPropertyName("cni.dev/attachments")]
    public Attachment[]? Attachments { get; init; }
}
