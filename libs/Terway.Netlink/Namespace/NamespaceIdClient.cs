using static Terway.Netlink.RtnetlinkConstants;

namespace Terway.Netlink;

/// <summary>The numbers by which the connection's namespace knows others (nsid): <c>ip netns set</c>, <c>ip netns list-id</c>.</summary>
/// <remarks>The kernel gives a number by itself when a link's peer lies in another namespace.</remarks>
public sealed class NamespaceIdClient
{
    private readonly NetlinkConnection _connection;

    internal NamespaceIdClient(NetlinkConnection connection) => _connection = connection;

    /// <summary>The number of a namespace.</summary>
    /// <param name="target">The namespace.</param>
    /// <returns>The number; null when it has none.</returns>
    public int? Find(NetworkNamespace target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var answer = _connection.Find<NamespaceIdMessage>(
            "get", RTM_GETNSID, new NamespaceIdMessage { Descriptor = target.Descriptor });
        // The kernel answers -1 for "none".
        return answer?.Id is >= 0 and var id ? id : null;
    }

    /// <summary>Gives a namespace a number.</summary>
    /// <param name="target">The namespace.</param>
    /// <param name="id">The number; null lets the kernel choose.</param>
    /// <exception cref="NetlinkException">The namespace or the number has its match already (<see cref="NetlinkException.IsAlreadyExists"/>).</exception>
    public void Assign(NetworkNamespace target, int? id = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        const int KernelsChoice = -1;
        _connection.Submit("assign", RTM_NEWNSID, 0, new NamespaceIdMessage { Descriptor = target.Descriptor, Id = id ?? KernelsChoice });
    }
}
