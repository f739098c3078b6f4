using System.Collections.Immutable;
using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Testing;

/// <summary>What of the cloud can be bent while it runs, and what it has seen.</summary>
public sealed partial class CloudEmulator
{
    /// <summary>The faults that strike calls for which <see cref="FaultPolicy"/> has none; empty at first.</summary>
    public FaultScript Faults => Pipeline.Faults;

    /// <summary>The latest answered calls, oldest first; see <see cref="CloudEmulatorOptions.JournalCapacity"/>.</summary>
    public ImmutableArray<EmulatedCallRecord> Calls => Pipeline.Journal.Records;

    /// <summary>How long things take from now on.</summary>
    public EmulatorLatencies Latencies
    {
        get
        {
            lock (World.Gate)
                return World.Knobs.Latencies;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (World.Gate)
                World.Knobs.Latencies = value;
        }
    }

    /// <summary>ENIs of the account in the region, primary ones included.</summary>
    public int MaxEniCount
    {
        get
        {
            lock (World.Gate)
                return World.Knobs.MaxEniCount;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (World.Gate)
                World.Knobs.MaxEniCount = value;
        }
    }

    /// <summary>The actions that nobody may call now, whatever their policy; see <see cref="DenyAction"/>.</summary>
    public ImmutableArray<string> DeniedActions
    {
        get
        {
            lock (World.Gate)
                return [.. World.Knobs.DeniedActions];
        }
    }

    /// <summary>Sets how many calls of an action a minute are taken.</summary>
    /// <param name="action">The action.</param>
    /// <param name="callsPerMinute">The limit, 0 or more.</param>
    public void SetActionLimit(string action, int callsPerMinute)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentOutOfRangeException.ThrowIfNegative(callsPerMinute);
        lock (World.Gate)
            World.Knobs.ActionLimits[action] = callsPerMinute;
    }

    /// <summary>Takes the permission for an action from everybody, as a changed RAM policy does.</summary>
    /// <param name="action">The action.</param>
    public void DenyAction(string action)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        lock (World.Gate)
            World.Knobs.DeniedActions.Add(action);
    }

    /// <summary>Gives a permission back that <see cref="DenyAction"/> took.</summary>
    /// <param name="action">The action.</param>
    /// <returns>Whether it had been taken.</returns>
    public bool AllowAction(string action)
    {
        lock (World.Gate)
            return World.Knobs.DeniedActions.Remove(action);
    }

    /// <summary>Has others take, or give back, single addresses of a vSwitch until so many are free.</summary>
    /// <param name="id">The vSwitch.</param>
    /// <param name="free">How many shall be free, 0 or more.</param>
    /// <returns>How many are free now: fewer, when our own ENIs hold the rest.</returns>
    public long LeaveFreeAddresses(VSwitchId id, long free)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(free);
        lock (World.Gate)
        {
            return World.VSwitches.TryGetValue(id, out var vSwitch)
                ? vSwitch.Ipv4.Leave(free, World.Random)
                : throw new ArgumentException($"There is no vSwitch {id}.", nameof(id));
        }
    }

    /// <summary>Completes the attach, detach or delete of an ENI now, also one that hangs for ever.</summary>
    /// <param name="id">The ENI.</param>
    /// <returns>Whether there was one to complete. With a fabric the ENI is in its new state once the fabric has taken it.</returns>
    public bool CompleteTransition(EniId id) => Pipeline.Transitions.CompleteNow(id);

    /// <summary>An ENI vanishes, as if somebody had detached and deleted it.</summary>
    /// <param name="id">The ENI; not a primary one.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> RemoveInterfaceAsync(EniId id) => Setup.VanishAsync(id);

    /// <summary>The states of all vSwitches. Not a call: costs nothing, fails never.</summary>
    public ImmutableArray<VSwitch> VSwitches
    {
        get
        {
            lock (World.Gate)
                return DescribeOperations.VSwitches(World, new VSwitchQuery());
        }
    }

    /// <summary>The states of all instances. Not a call: costs nothing, fails never.</summary>
    public ImmutableArray<Instance> Instances
    {
        get
        {
            lock (World.Gate)
                return DescribeOperations.Instances(World, new InstanceQuery());
        }
    }
}
