using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Ipam.Planning;
using Terway.Ipam.Store;

namespace Terway.Ipam.Internal;

/// <summary>What the parts of one pool share: its seams, its clock, its state.</summary>
internal sealed class PoolCore
{
    public PoolCore(EniPoolOptions options, IEniApi cloud, IInstanceMetadata metadata, ILeaseStore store, INodeLinks links,
        TimeProvider time, Random random, ILogger logger, TaskCreationOptions completion)
    {
        Options = options;
        Cloud = cloud;
        Metadata = metadata;
        Store = store;
        Links = links;
        Random = random;
        Log = logger;
        Completion = completion;
        Clock = new PoolClock(time);
        Wake = new WakeSignal(time, completion);
        State = new PoolState(options, new PoolHistory(() => Now), random);
    }

    public EniPoolOptions Options { get; }

    public IEniApi Cloud { get; }

    public IInstanceMetadata Metadata { get; }

    public ILeaseStore Store { get; }

    public INodeLinks Links { get; }

    public Random Random { get; }

    public ILogger Log { get; }

    /// <summary>How waiting callers continue: on their own threads, or, in a single-threaded simulation, at once.</summary>
    public TaskCreationOptions Completion { get; }

    public PoolClock Clock { get; }

    public WakeSignal Wake { get; }

    public PoolState State { get; }

    public DateTimeOffset Now => Clock.Now;

    /// <summary>The plan for this moment. The caller holds the lock.</summary>
    public PoolPlan PlanLocked(DateTimeOffset now) =>
        PoolPlanner.Plan(State.ToFacts(now), State.ToDemand(), PoolLimits.From(Options, State.Node, State.Reclaim.HighMark), now);

    /// <summary>The security groups that the pool's ENIs should be in. The caller holds the lock.</summary>
    public EquatableArray<SecurityGroupId> SecurityGroupsLocked =>
        Options.SecurityGroups.Count > 0 ? [.. Options.SecurityGroups] : State.Node?.SecurityGroups ?? [];

    /// <summary>What a request asks for.</summary>
    public AddressFamilies FamiliesOf(LeaseRequest request) => request.Families ?? Options.Families;

    /// <summary>Writes what matters less than going on: a failure is kept as a fault, and a restart finds the truth in the cloud.</summary>
    public bool TryCommit(string subject, params LedgerChange[] changes)
    {
        try
        {
            Store.Commit(changes);
            lock (State.Lock)
            {
                State.Pauses.Clear(StoreFaultKey);
            }

            return true;
        }
        catch (IpamException e)
        {
            lock (State.Lock)
            {
                State.Pauses.Keep(StoreFaultKey, e.ToFault(subject, Now));
                State.Undropped.UnionWith(changes.OfType<LedgerChange.DropEni>().Select(drop => drop.Token));
            }

            Log.StoreFailed(e.Code, subject, e);
            return false;
        }
    }

    /// <summary>Stores an ENI as it is now. When that fails it is stored with the next lease of it, or the next time the loop turns.</summary>
    public bool TryStore(PoolEni eni)
    {
        StoredEni stored;
        lock (State.Lock)
        {
            stored = eni.ToStored();
            eni.Unstored = true;
        }

        if (!TryCommit(eni.Name, new LedgerChange.PutEni(stored)))
            return false;
        bool isGone;
        lock (State.Lock)
        {
            eni.Unstored = false;
            isGone = State.FindEni(eni.Slot) is null;
        }

        if (isGone)
            TryCommit(eni.Name, new LedgerChange.DropEni(eni.Token));
        return true;
    }

    private const string StoreFaultKey = "Store";
}
