using System.Collections.Immutable;

namespace Terway.Cni.Daemon;

/// <summary>Asks the daemon to release everything of a network that none of the given attachments holds.</summary>
public sealed class CollectRequest
{
    /// <summary>The name of the CNI network; attachments of other networks are left alone.</summary>
    public required string Network { get; init; }

    /// <summary>The attachments that the runtime still knows.</summary>
    public required ImmutableArray<Attachment> Valid { get; init; }
}
