using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Emulator;

public class FabricTests
{
    [Fact]
    public async Task Fabric_sees_every_change_in_order_and_completes_it()
    {
        var fabric = new RecordingFabric();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { Fabric = fabric });
        var eni = await cloud.CreateEniAsync();

        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        var assigned = (await cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 2 })).Value.Addresses;
        await cloud.Api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));

        fabric.Seen.Select(s => s.What).Should().Equal("attached", "attached", "changed", "detached");
        fabric.Seen[0].Eni.Type.Should().Be(EniType.Primary);
        fabric.Seen[1].Eni.Status.Should().Be(EniStatus.InUse);
        fabric.Seen[2].Eni.SecondaryIpAddresses.Should().Equal(assigned);
        fabric.Seen[3].Eni.Attachment!.InstanceId.Should().Be(cloud.Instance);
    }

    [Fact]
    public async Task Attach_completes_only_after_the_fabric()
    {
        var fabric = new RecordingFabric();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { Fabric = fabric });
        var eni = await cloud.CreateEniAsync();
        fabric.Hold = new TaskCompletionSource();

        await cloud.Api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance));
        cloud.Now(eni.Id).Status.Should().Be(EniStatus.Attaching);
        await cloud.Api.TagResourcesAsync(new(TagResourcesRequest.EniResourceType, [eni.Id.Value], [new("late", "yes")]));
        var hold = fabric.Hold;
        fabric.Hold = null;
        hold.SetResult();

        cloud.Now(eni.Id).Status.Should().Be(EniStatus.InUse);
        fabric.Seen[^1].Eni.Tags.Should().ContainSingle("what changed meanwhile is told after it");
    }

    [Fact]
    public async Task Attach_that_the_fabric_refuses_falls_back_and_a_refused_assign_is_an_internal_error()
    {
        var failures = new List<Exception>();
        var fabric = new RecordingFabric();
        using var cloud = await TestCloud.CreateAsync(new CloudEmulatorOptions { Fabric = fabric, OnFabricFailure = failures.Add });
        var eni = await cloud.CreateAttachedEniAsync();
        var free = await cloud.CreateEniAsync();
        fabric.Failure = new IOException("no link");

        await cloud.Api.AttachNetworkInterfaceAsync(new(free.Id, cloud.Instance));
        var assign = await Errors.OfAsync(() => cloud.Api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = 1 }));

        cloud.Now(free.Id).Status.Should().Be(EniStatus.Available);
        assign.Code.Should().Be("InternalError");
        assign.Kind.Should().Be(CloudErrorKind.Ambiguous);
        failures.Should().HaveCount(2);
    }

    private sealed class RecordingFabric : IVpcFabric
    {
        internal List<(string What, NetworkInterface Eni)> Seen { get; } = [];

        internal TaskCompletionSource? Hold { get; set; }

        internal Exception? Failure { get; set; }

        public ValueTask AttachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => RecordAsync("attached", eni);

        public ValueTask DetachedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => RecordAsync("detached", eni);

        public ValueTask AddressesChangedAsync(NetworkInterface eni, InstanceId instance, CancellationToken cancellationToken) => RecordAsync("changed", eni);

        private ValueTask RecordAsync(string what, NetworkInterface eni)
        {
            Seen.Add((what, eni));
            if (Failure is not null)
                return ValueTask.FromException(Failure);
            return Hold is null ? default : new ValueTask(Hold.Task);
        }
    }
}
