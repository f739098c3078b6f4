using System.Collections.Immutable;
using Terway.Cloud;

namespace Terway.Ipam;

/// <summary>The tags by which the pool finds the ENIs that it created, also after their creation timed out.</summary>
internal static class OwnTags
{
    /// <summary>Upstream's mark on every ENI that a node created.</summary>
    public const string CreatorKey = "creator";
    public const string CreatorValue = "terway";

    /// <summary>The instance that the ENI was created for.</summary>
    public const string InstanceKey = "terway-instance";

    /// <summary>The client token of the call that created it.</summary>
    public const string CreateKey = "terway-create";

    public const int Count = 3;

    /// <summary>The most tags of one ENI.</summary>
    public const int MostOfAnEni = 20;

    public static bool IsOwn(string key) => key is CreatorKey or InstanceKey or CreateKey;

    public static ImmutableArray<ResourceTag> ForNode(InstanceId instance) =>
        [new(CreatorKey, CreatorValue), new(InstanceKey, instance.Value)];

    public static ImmutableArray<ResourceTag> ForCreate(InstanceId instance, ClientToken token, EniPoolOptions options) =>
    [
        .. ForNode(instance), new(CreateKey, token.Value),
        .. options.EniTags.UnionBy(options.EniTagFilter, tag => tag.Key).Where(tag => !IsOwn(tag.Key))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new ResourceTag(tag.Key, tag.Value)),
    ];

    public static ClientToken? TokenOf(NetworkInterface eni)
    {
        foreach (var tag in eni.Tags)
        {
            if (tag.Key == CreateKey && tag.Value.Length is > 0 and <= ClientToken.MaxLength)
                return new ClientToken(tag.Value);
        }

        return null;
    }
}
