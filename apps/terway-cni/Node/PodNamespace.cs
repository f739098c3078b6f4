using Terway.Cni;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>Opens the container's network namespace, and nothing else that a path may lead to.</summary>
internal static class PodNamespace
{
    /// <summary>Opens the namespace, which must exist.</summary>
    /// <param name="path">The path.</param>
    /// <param name="whenGone">How to tell that it does not.</param>
    public static NetworkNamespace Open(string path, CniErrorCode whenGone)
    {
        NetworkNamespace opened;
        try
        {
            opened = NetworkNamespace.Open(path);
        }
        catch (NetlinkException e)
        {
            throw new CniException(
                e.IsNotFound ? whenGone : CniErrorCode.InvalidEnvironment,
                $"CNI_NETNS is {path}, which {(e.IsNotFound ? "does not exist" : "is not a network namespace")}", e.Message,
                "the container may be gone; the runtime makes its namespace before it calls the plugin",
                e.IsNotFound ? "NetNsNotFound" : "NetNsInvalid", e);
        }
        return NotOurs(path, opened);
    }

    /// <summary>
    /// Opens the namespace if it is still there; else null. A file that is no namespace is what a removed bind mount leaves behind,
    /// so it counts as gone too.
    /// </summary>
    public static NetworkNamespace? OpenIfPresent(string? path)
    {
        if (path is null)
            return null;
        NetworkNamespace opened;
        try
        {
            opened = NetworkNamespace.Open(path);
        }
        catch (NetlinkException)
        {
            return null;
        }
        return NotOurs(path, opened);
    }

    private static NetworkNamespace NotOurs(string path, NetworkNamespace opened)
    {
        using NetworkNamespace own = NetworkNamespace.OpenCurrent();
        if (own.Id != opened.Id)
            return opened;
        opened.Dispose();
        throw new CniException(
            CniErrorCode.InvalidEnvironment, $"CNI_NETNS is {path}, which is the node's own network namespace",
            hint: "a pod of the host network must not be given to a network plugin", reason: "NetNsIsHost");
    }
}
