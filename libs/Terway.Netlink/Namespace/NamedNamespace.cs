namespace Terway.Netlink;

/// <summary>Names of namespaces as <c>ip netns</c> keeps them: a file below /run/netns that the namespace is bound over.</summary>
internal static class NamedNamespace
{
    private const string Folder = "/run/netns";

    internal static string PathOf(string name)
    {
        if (string.IsNullOrEmpty(name) || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\0') >= 0)
            throw new ArgumentException($"'{name}' is not a name of one path segment.", nameof(name));
        return $"{Folder}/{name}";
    }

    /// <summary>Makes the file of a name that is free.</summary>
    internal static string Reserve(string name)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Folder);
        ShareFolder();
        var descriptor = Interop.Open(path, Interop.O_RDONLY | Interop.O_CREAT | Interop.O_EXCL | Interop.O_CLOEXEC, 0);
        if (descriptor < 0)
            throw new NetlinkException("create network namespace", name, Interop.LastErrno);
        new FileDescriptorHandle(descriptor).Dispose();
        return path;
    }

    /// <summary>Binds the calling thread's namespace over the file.</summary>
    internal static void Bind(string path)
    {
        if (Interop.Mount("/proc/thread-self/ns/net", path, "none", Interop.MS_BIND, 0) != 0)
            throw new NetlinkException("bind network namespace to", path, Interop.LastErrno);
    }

    internal static Errno Remove(string path)
    {
        // Not mounted (EINVAL) is a file left by a creation that failed half-way.
        if (Interop.Unmount(path, Interop.MNT_DETACH) != 0 && Interop.LastErrno is not Errno.Invalid and var errno)
            return errno;
        return Interop.Unlink(path) == 0 ? Errno.None : Interop.LastErrno;
    }

    /// <summary>Makes later mounts in the folder appear in other mount namespaces too, and their removal free them, as <c>ip netns</c> does.</summary>
    private static void ShareFolder()
    {
        if (Interop.Mount(string.Empty, Folder, "none", Interop.MS_SHARED | Interop.MS_REC, 0) == 0)
            return;
        // The folder is not a mount point yet.
        if (Interop.LastErrno != Errno.Invalid
            || Interop.Mount(Folder, Folder, "none", Interop.MS_BIND | Interop.MS_REC, 0) != 0
            || Interop.Mount(string.Empty, Folder, "none", Interop.MS_SHARED | Interop.MS_REC, 0) != 0)
        {
            throw new NetlinkException("share", Folder, Interop.LastErrno);
        }
    }
}
