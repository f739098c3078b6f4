using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of rules, as by <c>ip rule</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class RuleCommands
{
    private readonly IRequestSink _sink;

    internal RuleCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Adds a rule: <c>ip rule add</c>.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because an equal one is there (kernels before 4.9 add a second one).</exception>
    public void Add(RuleMessage rule) => Submit("add rule", RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, rule);

    /// <summary>Deletes the first rule that agrees with what the message states: <c>ip rule del</c>.</summary>
    /// <param name="rule">The rule, as it was read or as it was added.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is none.</exception>
    public void Delete(RuleMessage rule) => Submit("delete rule", RTM_DELRULE, 0, rule);

    private void Submit(string operation, ushort type, ushort flags, RuleMessage rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _sink.Submit(operation, type, flags, rule);
    }
}
