using Terway.Cloud;

namespace Terway.Ipam.Internal;

/// <summary>Which ENIs an operator took out of the pool's hands, by their tags.</summary>
internal sealed class EniExclusion(EniPoolOptions options)
{
    /// <summary>As upstream: whatever the configuration says, these are left alone.</summary>
    private static readonly KeyValuePair<string, string>[] AlwaysBlocked =
    [
        new("creator", "alibabacloud-erdma-controller"),
        new("terway.alibabacloud.com/excluded", "true"),
    ];

    /// <summary>The pool cannot know of an ENI's tags before it has asked, so that a filter asks for a sweep at the start.</summary>
    public bool HasFilter => options.EniTagFilter.Count > 0;

    public bool Excludes(EquatableArray<ResourceTag> tags) =>
        AlwaysBlocked.Any(blocked => Has(tags, blocked))
        || options.EniTagBlockList.Any(blocked => Has(tags, blocked))
        || options.EniTagFilter.Any(wanted => !Has(tags, wanted));

    private static bool Has(EquatableArray<ResourceTag> tags, KeyValuePair<string, string> tag) =>
        tags.Any(own => own.Key == tag.Key && own.Value == tag.Value);
}
