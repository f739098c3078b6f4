using System.Text;
using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Which rules in the kernel are ours.</summary>
internal static class PlannedRules
{
    /// <summary>Whether a rule selects by nothing but what the planned one selects by, at the same priority.</summary>
    internal static bool HasSelectorOf(this RuleMessage rule, PlannedRule planned) =>
        rule.Priority == planned.Priority
        && rule.Source == planned.Source
        && rule.Destination == planned.Destination
        && HasNoOtherSelector(rule);

    internal static bool HasNoOtherSelector(this RuleMessage rule) =>
        rule is
        {
            InputInterface: null, OutputInterface: null, Mark: null or 0, MarkMask: null or 0, IpProtocol: null, SourcePorts: null, DestinationPorts: null,
            UserIds: null, TunnelId: null, SuppressPrefixLength: null, SuppressInterfaceGroup: null, L3Mdev: null or 0, Tos: 0,
        }
        && rule.Action == RuleAction.ToTable && rule.Flags == RuleFlags.None;

    internal static string TextOf(RuleMessage rule)
    {
        var text = new StringBuilder("rule ").Append(rule.Priority ?? 0).Append(':');
        if (rule.Source is { } source)
            text.Append(" from ").Append(source);
        if (rule.Destination is { } destination)
            text.Append(" to ").Append(destination);
        return text.Append(" lookup ").Append(rule.Table).ToString();
    }
}
