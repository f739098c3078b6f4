using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terwayd.Contract;

/// <summary>What the daemon keeps with a lease beside what the pool knows: which CNI network it belongs to, and where the sandbox is.</summary>
internal sealed record LeaseNote(string Network, string? NetNs)
{
    internal static LeaseNote Unknown { get; } = new("", NetNs: null);

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, LeaseNoteJsonContext.Default.LeaseNote);

    /// <summary>A note that another version wrote differently reads as unknown: the lease counts, not the note.</summary>
    internal static LeaseNote Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
            return Unknown;
        try
        {
            return JsonSerializer.Deserialize(payload.Span, LeaseNoteJsonContext.Default.LeaseNote) ?? Unknown;
        }
        catch (JsonException)
        {
            return Unknown;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LeaseNote))]
internal sealed partial class LeaseNoteJsonContext : JsonSerializerContext;
