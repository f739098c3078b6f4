using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of qdiscs, as by <c>tc qdisc</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class QdiscCommands
{
    private readonly IRequestSink _sink;

    internal QdiscCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Adds a qdisc: <c>tc qdisc add</c>.</summary>
    /// <param name="qdisc">The qdisc.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because it lacks the kind (<see cref="NetlinkException.IsNotFound"/>).</exception>
    public void Add(QdiscMessage qdisc) => Submit("add qdisc", RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, qdisc);

    /// <summary>Adds a qdisc, in the place of the one that is there: <c>tc qdisc replace</c>.</summary>
    /// <param name="qdisc">The qdisc.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Replace(QdiscMessage qdisc) => Submit("replace qdisc", RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE, qdisc);

    /// <summary>Deletes a qdisc: <c>tc qdisc del</c>.</summary>
    /// <param name="qdisc">The qdisc. The link and parent count; a handle or kind must be the one that is there (else <see cref="Errno.Invalid"/>).</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is none.</exception>
    public void Delete(QdiscMessage qdisc) => Submit("delete qdisc", RTM_DELQDISC, 0, qdisc);

    private void Submit(string operation, ushort type, ushort flags, QdiscMessage qdisc)
    {
        ArgumentNullException.ThrowIfNull(qdisc);
        _sink.Submit(operation, type, flags, qdisc);
    }
}
