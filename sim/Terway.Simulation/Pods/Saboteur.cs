using System.Net.Sockets;
using Terway.Cloud;

namespace Terway.Simulation;

/// <summary>Others on the same node and account: they take addresses and ENIs away, and remove what the datapath made.</summary>
internal sealed class Saboteur(StoryWorld world, SimulatedNode node, PodCrowd pods, StepChecker checker)
{
    /// <summary>Takes an address, or detaches an ENI, under a running pod.</summary>
    internal void Steal()
    {
        if (node.Serving?.Pool.Snapshot().KnowsAllEnis != true || pods.Any(PodStage.Running, world.Random) is not { IsSabotaged: false } victim)
            return;
        var api = world.Vpc.Cloud.CreateEniApi();
        if (world.Random.Next(3) == 0)
        {
            world.Faults.Add("ENI detached by others");
            world.Log.Note($"others detach {victim.Eni}");
            checker.Stolen(victim.Mac, pod => pod.Eni == victim.Eni);
            checker.Stolen(victim.Eni.Value, pod => pod.Eni == victim.Eni);
            Forget(api.DetachNetworkInterfaceAsync(new DetachNetworkInterfaceRequest(victim.Eni, world.Vpc.Instance)));
        }
        else
        {
            var address = victim.Addresses[world.Random.Next(victim.Addresses.Count)];
            world.Faults.Add("address taken by others");
            world.Log.Note($"others unassign {address}");
            checker.Stolen(address.ToString(), pod => pod == victim);
            Forget(address.AddressFamily == AddressFamily.InterNetworkV6
                ? api.UnassignIpv6AddressesAsync(new UnassignIpv6AddressesRequest { EniId = victim.Eni, Addresses = [address] })
                : api.UnassignPrivateIpAddressesAsync(new UnassignPrivateIpAddressesRequest { EniId = victim.Eni, Addresses = [address] }));
        }
    }

    /// <summary>Removes a pod's rules or its route.</summary>
    internal void RemoveRules()
    {
        if (pods.Any(PodStage.Running, world.Random) is not { IsNameless: false } victim || !node.Kernel.HostSides.TryGetValue(victim.Key, out var side))
            return;
        world.Faults.Add("rules removed by others");
        world.Log.Note($"others remove what {victim.Key} has in the kernel");
        victim.IsDrifted = true;
        if (world.Random.Next(2) == 0)
            side.HasRoute = false;
        else
            node.Kernel.Rules.Remove(victim.Addresses[world.Random.Next(victim.Addresses.Count)]);
    }

    /// <summary>The call may fail like any other; nobody waits for it.</summary>
    private static void Forget(Task call) =>
        _ = call.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
