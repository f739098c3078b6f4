using System.Collections.Immutable;
using Terway.Policy.Iptables;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>What was refused, and what stands in its place: a chain that drops, a set without the members that are missing.</summary>
internal sealed class ClosedParts
{
    private static readonly EquatableArray<IptablesRule> Dropping = [new("--jump DROP", "The rules are refused") { Decides = RuleAction.Deny }];

    private readonly Dictionary<string, RefusedObject> _refused = new(StringComparer.Ordinal);

    internal bool IsEmpty => _refused.Count == 0;

    internal ImmutableArray<RefusedObject> Refused => [.. _refused.Values.OrderBy(r => r.Subject, StringComparer.Ordinal)];

    internal void Clear() => _refused.Clear();

    internal IptablesChain Instead(IptablesChain chain, IpVersion version) =>
        _refused.ContainsKey(Subject(chain.Name, version)) ? chain with { Rules = Dropping } : chain;

    internal bool IsOpen(string set) => !_refused.ContainsKey(SetSubject(set));

    /// <summary>Closes what a refused line is of; false where that is closed already, or cannot be.</summary>
    internal bool TryClose(ProgramFailure failure, IptablesRuleset wanted)
    {
        return failure.Line?.Split(' ') switch
        {
            ["-A", var name, ..] when wanted.Chains.FirstOrDefault(c => c.Name == name) is { Resource: not null } chain => TryClose(
                new("PolicyChainRefused", Subject(name, wanted.Version), chain.Resource, failure.Reason, "Look at the policy that it comes from, and whether the node has the modules of iptables that its rules need.")),
            ["add", var set, ..] => TryClose(
                new("PolicySetRefused", SetSubject(set), null, failure.Reason, "A set may be full: raise the most members that a set may have.")),
            _ => false,
        };
    }

    private bool TryClose(RefusedObject refused) => _refused.TryAdd(refused.Subject, refused);

    private static string Subject(string chain, IpVersion version) => $"chain {chain} of IPv{(int)version}";

    private static string SetSubject(string set) => $"set {set}";
}
