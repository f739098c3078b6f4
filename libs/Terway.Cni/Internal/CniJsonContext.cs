using System.Text.Json.Serialization;

namespace Terway.Cni.Internal;

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    MaxDepth = 64,
    Converters = [typeof(AddressConverter), typeof(NetworkConverter), typeof(CniAddressConverter)])]
[JsonSerializable(typeof(NetworkConfigurationModel))]
[JsonSerializable(typeof(CniResult))]
internal sealed partial class CniJsonContext : JsonSerializerContext;
