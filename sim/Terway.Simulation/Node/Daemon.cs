using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terway.Ipam.Store;
using Terwayd.Configuration;
using Terwayd.Contract;
using Terwayd.Enforcement;
using Terwayd.Hosting;
using Terwayd.Node;
using Terwayd.Reconciliation;
using Terwayd.Show;

namespace Terway.Simulation;

/// <summary>The daemon of one life: the product's own parts, put together as its host does, but started and turned by virtual time.</summary>
internal sealed class Daemon : IDisposable
{
    private readonly INodeNetwork _network;
    private readonly NodeReconciler _reconciler;
    private readonly VirtualTime _time;
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _rounds;
    private Task _running = Task.CompletedTask;
    private Exception? _defect;

    internal Daemon(
        NodeLife life, EniPoolOptions options, IEniApi cloud, IInstanceMetadata metadata, ILeaseStore store, INodeNetwork network,
        IPendingReleases spool, VirtualTime time, Random random, ILoggerFactory logging)
    {
        Life = life;
        _network = network;
        _time = time;
        Pool = new EniPool(options, cloud, metadata, store, network, time, random, logging.CreateLogger<EniPool>(), TaskCreationOptions.None);
        var gate = new PodGate();
        var policy = new NoPolicy("simulated", "the simulation has no kernel that would hold its rules");
        var returns = new LeaseReturn(Pool, network, policy, logging.CreateLogger<LeaseReturn>());
        _reconciler = new NodeReconciler(
            new SpoolSettler(spool, Pool, gate, returns, logging.CreateLogger<SpoolSettler>()),
            new RuleSweep(Pool, network, time, logging.CreateLogger<RuleSweep>()),
            new PodRepair(Pool, gate, network, returns, time, logging.CreateLogger<PodRepair>()),
            logging.CreateLogger<NodeReconciler>());
        Contract = new ContractService(
            Pool, gate, new AllocationFactory(new ServiceNetworks(), network.HostAddresses), returns, network,
            new ShowDocuments(Pool, new NodeIdentity("simulated"), policy), policy, logging.CreateLogger<ContractService>());
    }

    internal NodeLife Life { get; }

    internal EniPool Pool { get; }

    internal IDaemonService Contract { get; }

    /// <summary>Whether the socket answers.</summary>
    internal bool IsServing { get; private set; }

    /// <summary>The defect that ended the pool's loop or the start; null while all is well.</summary>
    internal Exception? Defect => _running.Exception?.GetBaseException() ?? _defect;

    /// <summary>Starts as the host does. False when the daemon gave up for an expected reason and will be started again.</summary>
    internal async Task<bool> StartAsync()
    {
        try
        {
            _network.PrepareNode(_network.PrimaryMtu);
            await Pool.RecoverAsync(_network.Observe(), _stop.Token).ConfigureAwait(false);
            _running = Pool.RunAsync(_stop.Token);
            _reconciler.BeforeServing();
            _rounds = _time.CreateTimer(_ => RunRound(), null, NodeReconciler.Interval, NodeReconciler.Interval);
            IsServing = true;
            return true;
        }
        catch (KilledException)
        {
            return false;
        }
        catch (Exception e) when (StartFailure.Of(e) is not null)
        {
            return false;
        }
        catch (Exception e)
        {
            _defect = e;
            return false;
        }
    }

    /// <summary>The process is gone.</summary>
    public void Dispose()
    {
        Life.End();
        IsServing = false;
        _rounds?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private void RunRound()
    {
        try
        {
            if (IsServing && !Life.IsOver)
                _reconciler.RunRound(_stop.Token);
        }
        catch (KilledException)
        {
            // The life is struck; the node sees to it.
        }
        catch (Exception e)
        {
            _defect ??= e;
        }
    }
}
