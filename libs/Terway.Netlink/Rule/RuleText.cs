using System.Text;

namespace Terway.Netlink;

/// <summary>Rules in the words of <c>ip rule</c>.</summary>
internal static class RuleText
{
    internal static string Of(RuleMessage rule)
    {
        var text = new StringBuilder();
        if (rule.Priority is { } priority)
            text.Append(priority).Append(": ");
        if (rule.Flags.HasFlag(RuleFlags.Invert))
            text.Append("not ");
        text.Append("from ").Append(rule.Source is { } source ? RouteText.Prefix(source) : "all");
        if (rule.Destination is { } destination)
            text.Append(" to ").Append(RouteText.Prefix(destination));
        if (rule.Tos != 0)
            text.Append(" tos 0x").Append(rule.Tos.ToString("x2"));
        AppendSelectors(text, rule);
        AppendAction(text, rule);
        return text.ToString();
    }

    private static void AppendSelectors(StringBuilder text, RuleMessage rule)
    {
        if (rule.Mark is not null || rule.MarkMask is not null)
            text.Append(" fwmark 0x").Append((rule.Mark ?? 0).ToString("x"));
        if (rule.MarkMask is not null and not uint.MaxValue)
            text.Append("/0x").Append(rule.MarkMask.Value.ToString("x"));
        Append(text, " iif ", rule.InputInterface);
        Append(text, " oif ", rule.OutputInterface);
        Append(text, " uidrange ", rule.UserIds);
        Append(text, " ipproto ", rule.IpProtocol);
        Append(text, " sport ", rule.SourcePorts);
        Append(text, " dport ", rule.DestinationPorts);
        Append(text, " tun_id ", rule.TunnelId);
    }

    private static void AppendAction(StringBuilder text, RuleMessage rule)
    {
        if (rule.L3Mdev is 1)
            text.Append(" lookup [l3mdev-table]");
        Append(text, " lookup ", rule.Table);
        Append(text, " suppress_prefixlength ", rule.SuppressPrefixLength);
        Append(text, " suppress_ifgroup ", rule.SuppressInterfaceGroup);
        Append(text, " realms ", rule.Realms);
        Append(text, " goto ", rule.Goto);
        if (rule.Action is RuleAction.Nop or RuleAction.Blackhole or RuleAction.Unreachable or RuleAction.Prohibit)
            text.Append(' ').Append(rule.Action.ToString()!.ToLowerInvariant());
        if (rule.Protocol is not (null or RouteProtocol.Boot or RouteProtocol.Kernel or RouteProtocol.Unspecified))
            text.Append(" proto ").Append(rule.Protocol.ToString()!.ToLowerInvariant());
    }

    private static void Append(StringBuilder text, string label, object? value)
    {
        if (value is not null)
            text.Append(label).Append(value);
    }
}
