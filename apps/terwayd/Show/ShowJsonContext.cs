using System.Text.Json.Serialization;
using Terwayd.Enforcement;

namespace Terwayd.Show;

/// <summary>The documents of <c>show</c>; what is unknown is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<PodRow>))]
[JsonSerializable(typeof(IReadOnlyList<EniRow>))]
[JsonSerializable(typeof(PoolRow))]
[JsonSerializable(typeof(PolicyRow))]
[JsonSerializable(typeof(IReadOnlyList<EventRow>))]
internal sealed partial class ShowJsonContext : JsonSerializerContext;
