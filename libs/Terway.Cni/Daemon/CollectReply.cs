using System.Collections.Immutable;

namespace Terway.Cni.Daemon;

/// <summary>What a collection released.</summary>
public sealed class CollectReply
{
    /// <summary>The attachments whose addresses were released.</summary>
    public ImmutableArray<Attachment> Released { get; init; } = [];
}
