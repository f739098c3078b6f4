using System.Collections.Immutable;
using Terway.Netlink;
using Terway.Policy.Nftables;

namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>What the kernel refused, and what stands in its place: a chain that drops, a set without the change, a link that is not known.</summary>
internal sealed class ClosedObjects
{
    private static readonly EquatableArray<RulesetRule> Dropping =
        [new([new CountStatement(), new VerdictStatement(RulesetVerdict.Drop)], "the kernel refuses the rules")];

    private readonly Dictionary<string, RefusedObject> _refused = new(StringComparer.Ordinal);

    internal bool IsEmpty => _refused.Count == 0;

    internal ImmutableArray<RefusedObject> Refused => [.. _refused.Values.OrderBy(r => r.Subject, StringComparer.Ordinal)];

    internal void Clear() => _refused.Clear();

    internal EquatableArray<RulesetRule> RulesOf(RulesetChain chain) => _refused.ContainsKey(Subjects.Chain(chain.Name)) ? Dropping : chain.Rules;

    internal bool IsOpen(CompiledElements elements) => !_refused.ContainsKey(elements.Subject);

    /// <summary>Closes what a refused step was for; false where that is closed already, or cannot be.</summary>
    internal bool TryClose(string subject, NetlinkException error, Ruleset wanted)
    {
        if (subject == Subjects.Table || _refused.ContainsKey(subject))
            return false;
        if (wanted.Chains.Values.FirstOrDefault(c => Subjects.Chain(c.Name) == subject) is { } chain)
            Close("PolicyChainRefused", subject, chain.Owner?.Resource, error.Message, "Look at the policy that it comes from, and whether the kernel has what its rules need.");
        else if (wanted.Sets.Values.FirstOrDefault(s => Subjects.Set(s.Set.Name) == subject) is { } set)
            CloseSet(set.Set.Name, subject, error, wanted);
        else
            CloseLink(subject, error.Message, wanted);
        return true;
    }

    /// <summary>Closes links with names that the kernel would know for none.</summary>
    internal void CloseUnusableLinks(Ruleset wanted)
    {
        foreach (var link in wanted.Sets.Values.SelectMany(s => s.Elements).Where(CompiledElements.IsUnusable).Select(e => e.Interface!).Distinct(StringComparer.Ordinal))
            CloseLink(Subjects.Link(link), "a link cannot have this name", wanted);
    }

    private void CloseSet(string name, string subject, NetlinkException error, Ruleset wanted)
    {
        Close("PolicySetRefused", subject, null, error.Message, "See how many members it has and how much memory the node has left.");
        foreach (var user in wanted.Chains.Values.Where(c => c.Rules.Any(r => r.Statements.Any(s => s is SetMatch match && match.Set == name))))
            Close("PolicyChainRefused", Subjects.Chain(user.Name), user.Owner?.Resource, $"it needs {subject}, which is refused", "See what is said of the set.");
    }

    private void CloseLink(string subject, string reason, Ruleset wanted)
    {
        var owner = wanted.Chains.Values.FirstOrDefault(c => c.Rules.Count > 0 && wanted.Sets.Values.Any(s => s.Set.IsVerdictMap
            && s.Elements.Any(e => Subjects.Link(e.Interface!) == subject && e.Verdict?.Chain == c.Name)))?.Owner?.Resource;
        Close("PolicyLinkRefused", subject, owner, reason, "See that no two pods name the same link, and that its name is one.");
    }

    private void Close(string code, string subject, ResourceKey? owner, string reason, string hint) => _refused[subject] = new(code, subject, owner, reason, hint);
}
