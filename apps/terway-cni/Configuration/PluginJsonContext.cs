using System.Text.Json.Serialization;

namespace Terway.CniPlugin;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TerwayConfiguration))]
internal sealed partial class PluginJsonContext : JsonSerializerContext;
