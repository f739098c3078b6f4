using Terway.Cloud;
using Terway.Policy.Dataplane;
using Terway.Policy.Dataplane.Nftables;
using Terwayd.Node;

namespace Terwayd.Hosting;

/// <summary>What a test puts in place of the world; <see langword="null"/> is the real one.</summary>
internal sealed record DaemonSeams
{
    internal static DaemonSeams None { get; } = new();

    internal IInstanceMetadata? Metadata { get; init; }

    internal IEniApi? Cloud { get; init; }

    internal INodeNetwork? Network { get; init; }

    internal Func<IPolicyBackend> OpenPolicy { get; init; } = () => NftablesBackend.Open();
}
