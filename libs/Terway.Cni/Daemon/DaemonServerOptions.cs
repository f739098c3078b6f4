namespace Terway.Cni.Daemon;

/// <summary>The bounds of a <see cref="DaemonServer"/>.</summary>
public sealed class DaemonServerOptions
{
    /// <summary>How long one request is worked on. Default: <see cref="DaemonContract.DaemonDeadline"/>.</summary>
    public TimeSpan RequestDeadline { get; init; } = DaemonContract.DaemonDeadline;

    /// <summary>How long a client may take to send a request, or to read its reply. Default: 10 s.</summary>
    public TimeSpan TransferDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections are served at once; further ones get <see cref="ErrorCode.Overloaded"/>. Default: 256.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>How long requests in flight may go on when the server stops. Default: 5 s.</summary>
    public TimeSpan StopDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Users besides root and the server's own that may connect. Default: none.</summary>
    public IReadOnlySet<uint> AllowedUids { get; init; } = new HashSet<uint>();

    /// <summary>Told about connections that were refused or that spoke garbage, and about defects of the service.</summary>
    public Action<DaemonServerIncident>? OnIncident { get; init; }

    /// <summary>The clock of the deadlines.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
