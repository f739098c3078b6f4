namespace Terway.Cni.Daemon;

/// <summary>
/// The constants of the contract between <c>terway-cni</c> and <c>terwayd</c>.
/// </summary>
/// <remarks>
/// A unix stream socket. A frame is a length in four bytes, little endian, followed by that many bytes of UTF-8 JSON.
/// The client sends a request and reads its reply; more requests may follow on the same connection, one at a time.
/// Each side checks the other's user id (<c>SO_PEERCRED</c>).
/// </remarks>
public static class DaemonContract
{
    /// <summary>The version of the contract that this library speaks.</summary>
    public const int Version = 1;

    /// <summary>The largest JSON text of a frame, in bytes.</summary>
    public const int MaxFrameLength = 1 << 20;

    /// <summary>Where the daemon listens unless told otherwise.</summary>
    public const string DefaultSocketPath = "/var/run/eni/eni.socket";

    /// <summary>Where releases wait that could not reach the daemon, unless told otherwise.</summary>
    public const string DefaultPendingFolder = "/var/lib/cni/terway/pending";

    /// <summary>How long a client waits for everything that it asks in one invocation.</summary>
    public static readonly TimeSpan ClientDeadline = TimeSpan.FromSeconds(120);

    /// <summary>How long the daemon works on one request; shorter than <see cref="ClientDeadline"/>, so that the client gets its reason.</summary>
    public static readonly TimeSpan DaemonDeadline = TimeSpan.FromSeconds(118);
}
