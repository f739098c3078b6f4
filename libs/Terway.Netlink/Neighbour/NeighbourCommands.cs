using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>Changes of neighbours, as by <c>ip neigh</c>: at once on a connection, or gathered in a <see cref="NetlinkBatch"/>.</summary>
public class NeighbourCommands
{
    private readonly IRequestSink _sink;

    internal NeighbourCommands(IRequestSink sink) => _sink = sink;

    /// <summary>Adds a neighbour: <c>ip neigh add</c>.</summary>
    /// <param name="neighbour">The neighbour.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is one with that address.</exception>
    public void Add(NeighbourMessage neighbour) => Submit("add neighbour", RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, neighbour);

    /// <summary>Adds a neighbour or changes the one with that address: <c>ip neigh replace</c>.</summary>
    /// <param name="neighbour">The neighbour.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Replace(NeighbourMessage neighbour) => Submit("replace neighbour", RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, neighbour);

    /// <summary>Adds an entry beside those with the same address, as a bridge's flood entries need: <c>bridge fdb append</c>.</summary>
    /// <param name="neighbour">The entry.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Append(NeighbourMessage neighbour) => Submit("append neighbour", RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_APPEND, neighbour);

    /// <summary>Deletes a neighbour: <c>ip neigh del</c>.</summary>
    /// <param name="neighbour">The neighbour, as it was read or as it was added.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is none.</exception>
    public void Delete(NeighbourMessage neighbour) => Submit("delete neighbour", RTM_DELNEIGH, 0, neighbour);

    private void Submit(string operation, ushort type, ushort flags, NeighbourMessage neighbour)
    {
        ArgumentNullException.ThrowIfNull(neighbour);
        _sink.Submit(operation, type, flags, neighbour);
    }
}
