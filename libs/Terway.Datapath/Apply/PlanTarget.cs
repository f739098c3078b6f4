using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>Where plans go: a connection to the node's kernel state and, for a pod, one to the pod's.</summary>
/// <remarks>
/// Each socket keeps the namespace in which it was opened, so nothing here enters a namespace again except to reach <c>/proc/sys</c>.
/// Not safe for use by several threads at once; opening one per request is cheap.
/// </remarks>
public sealed class PlanTarget : IDisposable
{
    private readonly NetworkNamespace? _nodeNamespace;
    private readonly NetworkNamespace? _podNamespace;
    private readonly bool _onThisThread;
    private readonly RtNetlink? _pod;

    private PlanTarget(NetworkNamespace? nodeNamespace, NetworkNamespace? podNamespace, bool onThisThread = false)
    {
        _nodeNamespace = nodeNamespace;
        _podNamespace = podNamespace;
        _onThisThread = onThisThread;
        ThrowIfSame(podNamespace);
        Node = nodeNamespace is null ? RtNetlink.Open() : RtNetlink.Open(nodeNamespace);
        try
        {
            _pod = podNamespace is null ? null : Run(podNamespace, RtNetlink.Open);
        }
        catch
        {
            Node.Dispose();
            throw;
        }
    }

    /// <summary>The connection to the node's namespace.</summary>
    public RtNetlink Node { get; }

    /// <summary>Whether a pod's namespace is open too.</summary>
    public bool HasPod => _pod is not null;

    /// <summary>Opens the calling thread's namespace as the node's.</summary>
    /// <param name="pod">The pod's namespace, which the caller keeps open; null for plans of nodes and ENIs, and when it is gone.</param>
    public static PlanTarget Open(NetworkNamespace? pod = null) => new(null, pod);

    /// <summary>
    /// Opens the calling thread's namespace as the node's, and enters the pod's on this thread instead of one of its own, which takes longer than
    /// many a request. For a program whose one thread does all its work (<see cref="NetworkNamespace.RunOnThisThread"/>).
    /// </summary>
    /// <param name="pod">The pod's namespace, which the caller keeps open; null when it is gone.</param>
    /// <exception cref="NetlinkException">The kernel refused; the thread may be in the pod's namespace and must do nothing more.</exception>
    public static PlanTarget OpenOnThisThread(NetworkNamespace? pod) => new(null, pod, onThisThread: true);

    /// <summary>Opens a given namespace as the node's.</summary>
    /// <param name="node">The node's namespace, which the caller keeps open.</param>
    /// <param name="pod">The pod's namespace, which the caller keeps open; null for plans of nodes and ENIs, and when it is gone.</param>
    public static PlanTarget Open(NetworkNamespace node, NetworkNamespace? pod)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new(node, pod);
    }

    internal NetworkNamespace? PodNamespace => _podNamespace;

    internal RtNetlink this[PlanScope scope] => scope == PlanScope.Node
        ? Node
        : _pod ?? throw new InvalidOperationException("The plan has a part in the pod's namespace, which was not opened.");

    /// <summary>The node's namespace by a descriptor of its own, to move links there.</summary>
    internal NetworkNamespace OpenNodeNamespace() => _nodeNamespace is null ? NetworkNamespace.OpenCurrent() : _nodeNamespace.Run(NetworkNamespace.OpenCurrent);

    /// <summary>A pod's plan in the node's own namespace would replace the node's default route.</summary>
    private void ThrowIfSame(NetworkNamespace? podNamespace)
    {
        if (podNamespace is null)
            return;
        using var current = _nodeNamespace is null ? NetworkNamespace.OpenCurrent() : null;
        if ((_nodeNamespace ?? current)!.Id == podNamespace.Id)
            throw new ArgumentException($"{podNamespace} is the node's own namespace and no pod's.", nameof(podNamespace));
    }

    /// <summary>Does file work below <c>/proc/sys</c>, which shows the namespace of the thread that looks.</summary>
    internal void Run(PlanScope scope, Action work)
    {
        var where = scope == PlanScope.Node ? _nodeNamespace : _podNamespace;
        if (where is null)
        {
            work();
            return;
        }
        Run(where, () =>
        {
            work();
            return true;
        });
    }

    private T Run<T>(NetworkNamespace where, Func<T> work) => _onThisThread ? where.RunOnThisThread(work) : where.Run(work);

    /// <inheritdoc/>
    public void Dispose()
    {
        _pod?.Dispose();
        Node.Dispose();
    }
}
