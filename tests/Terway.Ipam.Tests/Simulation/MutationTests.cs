using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>Proves that the checker can fail: each mutation breaks one promise, and a few stories must find it.</summary>
public class MutationTests
{
    private const int Seeds = 25;

    [Fact]
    public Task A_pool_that_skips_the_rest_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, BendOptions = options => options.Rest = TimeSpan.Zero }, "rested only");

    [Fact]
    public Task A_pool_that_is_allowed_too_many_idle_addresses_is_caught() =>
        IsCaughtAsync(seed => Calm(seed) with { BendOptions = options => options.MaxPoolSize += 10 }, "are idle after quiet time, more than");

    [Fact]
    public Task A_pool_that_forgets_its_low_mark_is_caught() =>
        IsCaughtAsync(seed => Calm(seed) with { BendOptions = options => options.MinPoolSize = 0 }, "are idle after quiet time, fewer than");

    [Fact]
    public Task A_store_that_loses_leases_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, BendStore = store => new LossyStore(store, change => change is LedgerChange.PutLease) }, "");

    [Fact]
    public Task A_store_that_loses_releases_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, BendStore = store => new LossyStore(store, change => change is LedgerChange.DropLease) }, "");

    [Fact]
    public Task A_store_that_loses_rests_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, CrashShare = 0.03, BendStore = store => new LossyStore(store, change => change is LedgerChange.PutAddress) }, "");

    [Fact]
    public Task A_store_that_forgets_the_intent_to_create_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, KilledCreates = 0.3, BendStore = store => new LossyStore(store, change => change is LedgerChange.PutEni { IsIntent: true }) }, "ENIs of the pool and the cloud differ");

    [Fact]
    public Task A_create_without_a_token_and_tags_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, LostCreates = 0.3, BendCloud = cloud => new ForgetfulCreate(cloud) }, "ENIs of the pool and the cloud differ");

    [Fact]
    public Task A_create_whose_lost_answer_counts_as_a_refusal_is_caught() =>
        IsCaughtAsync(seed => new SimulationSetup { Seed = seed, LostCreates = 0.3, BendCloud = cloud => new OptimisticCreate(cloud) }, "ENIs of the pool and the cloud differ");

    [Fact]
    public Task An_unassign_that_is_believed_without_being_made_is_caught() =>
        IsCaughtAsync(seed => Calm(seed) with { BendCloud = cloud => new PretendedUnassign(cloud) }, "addresses of the pool and the cloud differ");

    [Fact]
    public Task An_unassign_that_takes_other_addresses_is_caught() =>
        IsCaughtAsync(seed => Calm(seed) with { BendCloud = cloud => new CarelessUnassign(cloud) }, "does not own");

    [Fact]
    public Task A_delete_that_is_believed_without_being_made_is_caught() =>
        IsCaughtAsync(seed => Calm(seed) with { BendCloud = cloud => new PretendedDelete(cloud) }, "");

    private static SimulationSetup Calm(int seed) => new() { Seed = seed, FaultShare = 0, CrashShare = 0, Sabotage = false };

    private static async Task IsCaughtAsync(Func<int, SimulationSetup> setup, string expected)
    {
        var found = new List<string>();
        for (var seed = 1; seed <= Seeds && !found.Exists(violation => violation.Contains(expected, StringComparison.Ordinal)); seed++)
        {
            var story = new Story(setup(seed) with { Lifecycles = 200 });
            await story.RunAsync();
            found.AddRange(story.Violations);
        }

        found.Should().Contain(violation => violation.Contains(expected, StringComparison.Ordinal),
            $"a broken pool must not get through {Seeds} stories");
    }

    private sealed class LossyStore(ILeaseStore inner, Predicate<LedgerChange> loses) : ILeaseStore
    {
        public StoredPool Load() => inner.Load();

        public void Commit(IReadOnlyList<LedgerChange> changes) => inner.Commit([.. changes.Where(change => !loses(change))]);

        public void Dispose() => inner.Dispose();
    }

    private sealed class ForgetfulCreate(IEniApi inner) : BentCloud(inner)
    {
        public override Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default) =>
            base.CreateNetworkInterfaceAsync(request with { ClientToken = null, Tags = [.. request.Tags.Where(tag => tag.Key != "terway-create")] }, cancellationToken);
    }

    private sealed class OptimisticCreate(IEniApi inner) : BentCloud(inner)
    {
        public override async Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.CreateNetworkInterfaceAsync(request, cancellationToken);
            }
            catch (CloudApiException e) when (e.Kind == CloudErrorKind.Ambiguous)
            {
                throw new CloudApiException(e.Action, CloudErrorKind.Retryable, e.Code, e.CloudMessage);
            }
        }
    }

    private sealed class PretendedUnassign(IEniApi inner) : BentCloud(inner)
    {
        public override Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new CloudReply(new RequestId("pretended")));
    }

    private sealed class CarelessUnassign(IEniApi inner) : BentCloud(inner)
    {
        public override async Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default)
        {
            var eni = await Inner.FindNetworkInterfaceAsync(request.EniId, cancellationToken);
            return await base.UnassignPrivateIpAddressesAsync(request with { Addresses = [.. eni!.SecondaryIpAddresses.Take(request.Addresses.Count)] }, cancellationToken);
        }
    }

    private sealed class PretendedDelete(IEniApi inner) : BentCloud(inner)
    {
        public override Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken = default) =>
            Task.FromResult(new CloudReply(new RequestId("pretended")));
    }
}
