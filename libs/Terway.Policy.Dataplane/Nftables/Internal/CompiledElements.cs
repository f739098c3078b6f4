using System.Collections.Immutable;
using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>Elements of a set that go and come, and what is named if the kernel refuses them.</summary>
/// <param name="Set">The set.</param>
/// <param name="Subject">The set, or the link that the elements are of.</param>
/// <param name="Removed">Elements that go.</param>
/// <param name="Added">Elements that come.</param>
internal sealed record CompiledElements(RulesetSet Set, string Subject, NftElement[] Removed, NftElement[] Added)
{
    /// <summary>Whether an element is of a link with a name that the kernel would know for none.</summary>
    internal static bool IsUnusable(RulesetElement element) => element.Interface is { } name && !InterfaceName.IsValid(name);

    /// <summary>Elements as they are refused: those of links one by one, for one link is one pod; of other sets together.</summary>
    internal static IEnumerable<CompiledElements> Of(RulesetSet set, ImmutableArray<RulesetElement> removed, ImmutableArray<RulesetElement> added)
    {
        if (set.Key[0] is not ElementType.InterfaceName)
        {
            return removed.IsEmpty && added.IsEmpty
                ? []
                : [new(set, Subjects.Set(set.Name), SetCompiler.Compile(set, removed), SetCompiler.Compile(set, added))];
        }

        return removed.Where(e => !IsUnusable(e)).Select(e => new CompiledElements(set, Subjects.Link(e.Interface!), SetCompiler.Compile(set, [e]), []))
            .Concat(added.Where(e => !IsUnusable(e)).Select(e => new CompiledElements(set, Subjects.Link(e.Interface!), [], SetCompiler.Compile(set, [e]))));
    }
}
