using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The rules of the connection's namespace: <c>ip rule</c>.</summary>
public sealed class RuleClient : RuleCommands
{
    private readonly NetlinkConnection _connection;

    internal RuleClient(NetlinkConnection connection)
        : base(connection) => _connection = connection;

    /// <summary>Lists rules: <c>ip rule show</c> and <c>ip -6 rule show</c>.</summary>
    /// <param name="filter">Which; null for those of both families.</param>
    /// <returns>The rules by family and then priority.</returns>
    public IReadOnlyList<RuleMessage> List(RuleFilter? filter = null)
    {
        filter ??= RuleFilter.All;
        if (filter.Family != IpFamily.Unspecified)
            return List(filter, filter.Family);
        // Asked for all families at once, the kernel may leave the last ones out.
        return [.. List(filter, IpFamily.IPv4), .. List(filter, IpFamily.IPv6)];
    }

    /// <summary>Deletes a rule if it is there.</summary>
    /// <param name="rule">The rule, as it was read or as it was added.</param>
    /// <returns>Whether it was there.</returns>
    public bool TryDelete(RuleMessage rule) => _connection.TrySubmit("delete rule", RTM_DELRULE, 0, rule);

    private RuleMessage[] List(RuleFilter filter, IpFamily family)
    {
        filter = filter with { Family = family };
        var sink = new ListSink<RuleMessage>(filter);
        var failure = _connection.Dump(RTM_GETRULE, filter, ref sink);
        // A kernel without IPv6 (or without policy routing) has no rules of that family.
        if (failure.IsFailure && failure.Errno is not (Errno.FamilyNotSupported or Errno.NotSupported))
            throw failure.ToException("list rules", null);
        return sink.Take();
    }
}
