namespace Terway.Cni.Daemon;

/// <summary>How a <see cref="DaemonClient"/> reaches the daemon.</summary>
public sealed class DaemonClientOptions
{
    /// <summary>The daemon's socket. Default: <see cref="DaemonContract.DefaultSocketPath"/>.</summary>
    public string SocketPath { get; init; } = DaemonContract.DefaultSocketPath;

    /// <summary>How long all calls of the client may take together. Default: <see cref="DaemonContract.ClientDeadline"/>.</summary>
    public TimeSpan Deadline { get; init; } = DaemonContract.ClientDeadline;

    /// <summary>The user that must own the listening socket. Default: 0, root.</summary>
    public uint DaemonUid { get; init; }

    /// <summary>Names the invocation in both sides' logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>The clock of the deadline.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
