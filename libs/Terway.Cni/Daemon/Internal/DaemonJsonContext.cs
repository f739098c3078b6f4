using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Terway.Cni.Internal;

namespace Terway.Cni.Daemon.Internal;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    MaxDepth = 16,
    Converters = [typeof(ErrorCodeConverter), typeof(AddressConverter), typeof(NetworkConverter), typeof(OptionalNetworkConverter),
        typeof(CamelCaseEnumConverter<DaemonOperation>), typeof(CamelCaseEnumConverter<ShowSubject>), typeof(CamelCaseEnumConverter<NetworkKind>)])]
[JsonSerializable(typeof(DaemonRequest))]
[JsonSerializable(typeof(DaemonReply))]
[JsonSerializable(typeof(ImmutableArray<NetConf>))]
internal sealed partial class DaemonJsonContext : JsonSerializerContext;
