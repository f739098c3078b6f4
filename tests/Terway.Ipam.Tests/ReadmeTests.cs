using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests;

public sealed class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terway-ipam-readme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Example_works_as_it_is_written()
    {
        var path = Path.Combine(_folder, "leases.db");
        using var stop = new CancellationTokenSource();
        var stopping = stop.Token;

        using var cloud = new CloudEmulator();
        var vpc = cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        var vSwitch = cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("zone-a"), Cidr = IPNetwork.Parse("10.0.0.0/24") });
        var node = await cloud.AddInstanceAsync(new InstanceSpec { InstanceType = new InstanceTypeId("ecs.g7.large"), VSwitchId = vSwitch, SecurityGroupIds = [cloud.AddSecurityGroup(vpc)] });

        using var store = SqliteLeaseStore.Open(path);
        await using var pool = new EniPool(new EniPoolOptions { MinPoolSize = 2 }, cloud.CreateEniApi(), cloud.CreateInstanceMetadata(node), store);
        await pool.RecoverAsync([]);
        var running = pool.RunAsync(stopping);
        var lease = await pool.LeaseAsync(new LeaseRequest { Attachment = new("sandbox-1", "eth0"), Pod = new("default", "web-0") });
        pool.Release(lease.Attachment);

        cloud.FindOwner(vpc, lease.Address).Should().Be(lease.Eni.Id);
        await stop.CancelAsync();
        await running;
    }
}
