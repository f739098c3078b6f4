using System.Collections.Immutable;
using System.Net;
using Terway.Cni;
using Terway.Cni.Daemon;

namespace Terway.CniPlugin;

/// <summary>What every command works with: the runtime's request, the plugin's configuration, and the way to the daemon.</summary>
internal sealed class Invocation : IDisposable
{
    /// <summary>A release takes milliseconds; when it does not, the daemon settles it later from the queue.</summary>
    private static readonly TimeSpan RollbackDeadline = TimeSpan.FromSeconds(10);

    private readonly Action<string> _log;
    private DaemonClient? _daemon;

    public Invocation(CniRequest request, TerwayConfiguration configuration, string requestId, Action<string> log)
    {
        Request = request;
        Configuration = configuration;
        RequestId = requestId;
        Pod = PodIdentities.Of(request);
        Pending = new PendingReleases(configuration.PendingFolder);
        _log = log;
    }

    public CniRequest Request { get; }

    public TerwayConfiguration Configuration { get; }

    public string RequestId { get; }

    public PodIdentity Pod { get; }

    public PendingReleases Pending { get; }

    public string Network => Request.Configuration.Name;

    /// <summary>The daemon, with one deadline for all that this invocation asks.</summary>
    public DaemonClient Daemon => _daemon ??= NewClient(DaemonContract.ClientDeadline);

    /// <summary>A client with a deadline of its own, for undoing what ran into the first one.</summary>
    public DaemonClient NewRollbackClient() => NewClient(RollbackDeadline);

    public ReleaseRequest Release(string reason, bool deferredLinks) => new()
    {
        Network = Network,
        Attachment = Request.Attachment,
        Pod = Pod,
        Reason = reason,
        DeferredLinks = deferredLinks,
    };

    public Allocation? Inspect(CancellationToken cancellationToken) =>
        Daemon.Inspect(new InspectRequest { Network = Network, Attachment = Request.Attachment, Pod = Pod }, cancellationToken);

    /// <summary>Leaves a release for the daemon to settle when it is there again.</summary>
    public void Queue(ReleaseRequest release)
    {
        try
        {
            Pending.Add(release);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CniException(
                CniErrorCode.TryAgainLater, $"the release of {Request.Attachment} can neither be told to the daemon nor be written to {Configuration.PendingFolder}",
                $"{e.Message}; request {RequestId}", "start terwayd, or make room for the folder", "ReleaseNotQueued", e);
        }
    }

    /// <summary>The addresses that ADD told the runtime; empty where it told none that can be read.</summary>
    public ImmutableArray<IPAddress> PreviousAddresses()
    {
        try
        {
            return Request.Configuration.ReadPrevResult() is { } result ? [.. result.Ips.Select(ip => ip.Address.Address)] : [];
        }
        catch (CniException e) when (e.Code == CniErrorCode.DecodingFailure)
        {
            Log($"{e.Message}; going on without it");
            return [];
        }
    }

    /// <summary>Writes a line for people to standard error.</summary>
    public void Log(string line) => _log($"terway-cni {RequestId}: {line}\n");

    /// <summary>Writes a line if the configuration asks for it.</summary>
    public void Trace(string line)
    {
        if (Configuration.Debug)
            Log(line);
    }

    public void Dispose() => _daemon?.Dispose();

    private DaemonClient NewClient(TimeSpan deadline) =>
        new(new DaemonClientOptions { SocketPath = Configuration.DaemonSocket, RequestId = RequestId, Deadline = deadline });
}
