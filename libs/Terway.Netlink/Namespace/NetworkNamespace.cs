using System.Runtime.ExceptionServices;

namespace Terway.Netlink;

/// <summary>A network namespace, held by an open descriptor: it lives at least as long as this object.</summary>
/// <remarks>
/// Entering a namespace is a matter of the thread, so <see cref="Run"/> works on a thread of its own, which ends afterwards: nothing
/// has to be restored, and nothing can be left wrong. Sockets opened inside keep the namespace. Needs CAP_SYS_ADMIN. Thread-safe.
/// </remarks>
public sealed class NetworkNamespace : IDisposable
{
    // Room for a request of the library's own; a caller's work gets the same, which is ample for synchronous code.
    private const int ThreadStackSize = 512 * 1024;

    private readonly FileDescriptorHandle _handle;

    private NetworkNamespace(FileDescriptorHandle handle, NetworkNamespaceId id)
    {
        _handle = handle;
        Id = id;
    }

    /// <summary>Which namespace it is: two objects are of the same namespace when their ids are equal.</summary>
    public NetworkNamespaceId Id { get; }

    /// <summary>The number to put into a message. After disposal it may be another file's, so it is refused.</summary>
    internal int Descriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle.Descriptor;
        }
    }

    /// <summary>Makes a namespace without a name, which ends with the last of its descriptors and processes.</summary>
    /// <returns>The namespace, in which the loopback link is down.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NetworkNamespace Create() => OnNewThread(static () =>
    {
        Unshare();
        return OpenCurrent();
    });

    /// <summary>Makes a namespace with a name below <c>/run/netns</c>: <c>ip netns add</c>.</summary>
    /// <param name="name">The name, one path segment.</param>
    /// <returns>The namespace; <see cref="Delete"/> removes the name.</returns>
    /// <exception cref="NetlinkException">The kernel refused, for instance because the name is taken.</exception>
    public static NetworkNamespace Create(string name)
    {
        var path = NamedNamespace.Reserve(name);
        try
        {
            return OnNewThread(() =>
            {
                Unshare();
                NamedNamespace.Bind(path);
                return OpenCurrent();
            });
        }
        catch
        {
            NamedNamespace.Remove(path);
            throw;
        }
    }

    /// <summary>Removes a name below <c>/run/netns</c>: <c>ip netns del</c>. The namespace ends with its last user.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is no such name.</exception>
    public static void Delete(string name)
    {
        var errno = NamedNamespace.Remove(NamedNamespace.PathOf(name));
        if (errno != Errno.None)
            throw new NetlinkException("delete network namespace", name, errno);
    }

    /// <summary>Opens the namespace at a path, such as <c>/run/netns/blue</c> or <c>/proc/4711/ns/net</c>.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="NetlinkException">There is none (<see cref="NetlinkException.IsNotFound"/>), or it is no network namespace (<see cref="Errno.Invalid"/>).</exception>
    public static NetworkNamespace Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // A path can be anybody's word: without O_NONBLOCK a pipe would be waited for until somebody writes.
        var descriptor = Interop.Open(path, Interop.O_RDONLY | Interop.O_NONBLOCK | Interop.O_CLOEXEC, 0);
        if (descriptor < 0)
            throw new NetlinkException("open network namespace", path, Interop.LastErrno);
        var handle = new FileDescriptorHandle(descriptor);
        var kind = Interop.IoControl(handle, Interop.NS_GET_NSTYPE);
        if (kind == Interop.CLONE_NEWNET)
            return new(handle, NetworkNamespaceId.Of(handle));
        handle.Dispose();
        throw new NetlinkException("open network namespace", path, Errno.Invalid, "the file is not a network namespace");
    }

    /// <summary>Opens a namespace by its name below <c>/run/netns</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="NetlinkException">There is none.</exception>
    public static NetworkNamespace OpenNamed(string name) => Open(NamedNamespace.PathOf(name));

    /// <summary>Opens the namespace of a process.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="NetlinkException">There is no such process.</exception>
    public static NetworkNamespace OpenProcess(int processId) => Open($"/proc/{processId}/ns/net");

    /// <summary>Opens the namespace of the calling thread.</summary>
    /// <returns>The namespace.</returns>
    public static NetworkNamespace OpenCurrent() => Open("/proc/thread-self/ns/net");

    /// <summary>Runs work inside the namespace, on a thread of its own, and waits for it.</summary>
    /// <param name="work">The work. It must be synchronous: what it awaits goes on elsewhere.</param>
    public void Run(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Run(() =>
        {
            work();
            return true;
        });
    }

    /// <summary>Runs work inside the namespace, on a thread of its own, and waits for its result.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="work">The work. It must be synchronous: what it awaits goes on elsewhere.</param>
    /// <returns>The result.</returns>
    public T Run<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return OnNewThread(() =>
        {
            Enter();
            return work();
        });
    }

    /// <summary>Runs work inside the namespace on the calling thread, and comes back: the price is two system calls instead of a thread.</summary>
    /// <remarks>
    /// For a program whose one thread does one thing after another. When the way back fails, the thread is left inside; whoever called must not
    /// go on with it, so this is not for the threads of a pool, which others use afterwards.
    /// </remarks>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="work">The work. It must be synchronous: what it awaits goes on elsewhere.</param>
    /// <returns>The result.</returns>
    /// <exception cref="NetlinkException">The kernel refused to let the thread in, or back.</exception>
    public T RunOnThisThread<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var home = OpenCurrent();
        Enter();
        try
        {
            return work();
        }
        finally
        {
            home.Enter();
        }
    }

    /// <summary>Puts the calling thread into the namespace for good. For a thread that the caller made for that; else use <see cref="Run"/>.</summary>
    public void Enter()
    {
        if (Interop.SetNamespace(_handle, Interop.CLONE_NEWNET) != 0)
            throw new NetlinkException("enter network namespace", null, Interop.LastErrno);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();

    private static void Unshare()
    {
        if (Interop.Unshare(Interop.CLONE_NEWNET) != 0)
            throw new NetlinkException("create network namespace", null, Interop.LastErrno);
    }

    private static T OnNewThread<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                // Whatever the work threw is thrown again on the thread that asked for it.
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            ThreadStackSize)
        {
            IsBackground = true,
            Name = "netns",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
