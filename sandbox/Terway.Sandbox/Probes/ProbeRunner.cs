using System.Net;
using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>What the names in probes stand for.</summary>
internal interface IProbeDirectory
{
    /// <summary>The namespace that <c>from</c> names; an error that lists what there is when it names nothing.</summary>
    IProbeEndpoint Source(string from);

    /// <summary>The address that <c>to</c> names.</summary>
    IPAddress Target(string to);

    /// <summary>The number of a port of the destination; an error when its name is none of the destination's.</summary>
    int Port(string to, ProbeProtocol protocol, ProbePort port);
}

/// <summary>Runs probes with real packets, a bounded number at a time, each within a bounded time.</summary>
internal sealed class ProbeRunner(IProbeDirectory directory, TimeSpan patience)
{
    // Few, so that a round trip measures the way and not the queue for this machine's processors.
    private const int AtOnce = 8;

    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<ProbeResult>> RunAsync(IReadOnlyList<Probe> probes, CancellationToken cancellationToken)
    {
        var resolved = probes.Select(p => (Probe: p, From: directory.Source(p.From), To: new IPEndPoint(directory.Target(p.To), PortOf(p)))).ToArray();
        var results = new ProbeResult[resolved.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, resolved.Length, options, async (i, token) =>
        {
            var (probe, from, to) = resolved[i];
            results[i] = ProbeResult.For(probe, await AskAsync(probe, from, to, token));
        });
        return results;
    }

    private int PortOf(Probe probe) => probe.Port is { } port ? directory.Port(probe.To, probe.Protocol, port) : 0;

    private async Task<ProbeAnswer> AskAsync(Probe probe, IProbeEndpoint from, IPEndPoint to, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(patience);
        try
        {
            return probe.Protocol switch
            {
                ProbeProtocol.TCP => await TcpProbe.AskAsync(from, to, bounded.Token),
                ProbeProtocol.UDP => await UdpProbe.AskAsync(from, to, bounded.Token),
                _ => await IcmpProbe.AskAsync(from, to.Address, bounded.Token),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeAnswer.None($"no answer within {patience.TotalSeconds:0.#} s");
        }
        catch (SocketException e)
        {
            return ProbeAnswer.None(Reason(e.SocketErrorCode));
        }
    }

    private static string Reason(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "refused: nothing listens there",
        SocketError.ConnectionReset => "reset by the other side",
        SocketError.HostUnreachable => "host unreachable",
        SocketError.NetworkUnreachable => "network unreachable",
        SocketError.AccessDenied => "not permitted",
        _ => error.ToString(),
    };
}
