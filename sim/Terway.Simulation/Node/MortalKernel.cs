using System.Net;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Ipam;
using Terwayd.Contract;
using Terwayd.Node;

namespace Terway.Simulation;

/// <summary>The kernel as one life of the daemon reaches it.</summary>
internal sealed class MortalKernel(SimulatedKernel kernel, Reaper reaper, StoryRandom random, Weather weather, FaultCounts faults) : INodeNetwork
{
    private static readonly IReadOnlyList<string> Nothing = [];

    public AddressSet HostAddresses { get; } = new(IPAddress.Parse("10.0.255.254"));

    public int PrimaryMtu => PodNetworkRequest.DefaultMtu;

    public void PrepareNode(int podMtu)
    {
    }

    public async ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken) => await reaper.CallAsync(
        async () =>
        {
            var mac = MacText.Of(eni.Mac);
            await kernel.ArrivalAsync(mac, cancellationToken).ConfigureAwait(false);
            if (Refuses() || !kernel.SetReady(mac, isReady: true))
                throw new IOException($"ENI {eni.Id} cannot be prepared: the simulated kernel refused");
            return true;
        },
        weather.Kill).ConfigureAwait(false);

    public async ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken) => await reaper.CallAsync(
        () =>
        {
            if (Refuses())
                throw new IOException($"ENI {eni.Id} cannot be taken out of service: the simulated kernel refused");
            return Task.FromResult(kernel.SetReady(MacText.Of(eni.Mac), isReady: false));
        },
        weather.Kill).ConfigureAwait(false);

    public IReadOnlyList<ObservedAttachment> Observe() => Change<IReadOnlyList<ObservedAttachment>>(
        () => [.. kernel.HostSides.Values.Where(side => side.HasRoute).SelectMany(side => side.Addresses).Select(address => new ObservedAttachment(address))]);

    public bool HasHostLink(Lease lease) => kernel.HostSides.ContainsKey(NameOf(lease));

    public bool HasNamespace(string netNsPath) => kernel.Namespaces.Contains(netNsPath);

    public IReadOnlyList<string> RepairHostSide(Lease lease) => Change(() =>
    {
        var mac = MacText.Of(lease.Eni.Mac);
        if (kernel.FindEni(mac, ready: false) is null || !kernel.HostSides.TryGetValue(NameOf(lease), out var side))
            return Nothing;
        var addresses = SimulatedPod.AddressesOf(lease.IPv4, lease.IPv6);
        var isWhole = side.HasRoute && addresses.All(address => kernel.Rules.GetValueOrDefault(address) == mac);
        side.HasRoute = true;
        foreach (var address in addresses)
            kernel.Rules[address] = mac;
        return isWhole ? Nothing : [$"host side of {lease.Pod}"];
    });

    public IReadOnlyList<string> RepairEni(LeaseEni eni) => Change(() =>
    {
        var mac = MacText.Of(eni.Mac);
        var isWhole = kernel.FindEni(mac, ready: true) is not null;
        return isWhole || !kernel.SetReady(mac, isReady: true) ? Nothing : [$"ENI {eni.Id}"];
    });

    public IReadOnlyList<string> RemoveStaleRules(Func<IPAddress, bool> isStale) => Change<IReadOnlyList<string>>(() =>
    {
        var stale = kernel.Rules.Keys.Where(isStale).ToList();
        foreach (var address in stale)
            kernel.Rules.Remove(address);
        return [.. stale.Select(address => $"rule of {address}")];
    });

    public void RemoveHostSide(Lease lease) => Change(() =>
    {
        kernel.Detach(NameOf(lease), netNs: null, SimulatedPod.AddressesOf(lease.IPv4, lease.IPv6));
        return true;
    });

    public Task ReapLinksAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    public void RequestReaping()
    {
    }

    private T Change<T>(Func<T> change) => reaper.Effect(() =>
        Refuses() ? throw new DatapathException(DatapathError.KernelRefused, "the simulated kernel refused") : change());

    private bool Refuses()
    {
        if (!random.Chance(weather.Kernel))
            return false;
        faults.Add("kernel refused");
        return true;
    }

    private static string NameOf(Lease lease) => lease.Pod.ToString();
}
