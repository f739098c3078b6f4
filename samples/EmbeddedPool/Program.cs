// The pool in a program of your own, against the fake cloud: leases for ten pods, some given back, and what the pool says of itself.
// With a real instance, AddTerwayCloud gives the IEniApi and the IInstanceMetadata instead.
using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;
using Terway.Ipam;
using Terway.Ipam.Store;

const int Pods = 10;

using var cloud = new CloudEmulator(new CloudEmulatorOptions { Latencies = EmulatorLatencies.None });
var vpc = cloud.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
var vSwitch = cloud.AddVSwitch(new VSwitchSpec { VpcId = vpc, ZoneId = new ZoneId("cn-hangzhou-k"), Cidr = IPNetwork.Parse("10.0.1.0/24") });
var group = cloud.AddSecurityGroup(vpc);
var instance = await cloud.AddInstanceAsync(new InstanceSpec { InstanceType = new InstanceTypeId("ecs.g7.xlarge"), VSwitchId = vSwitch, SecurityGroupIds = [group] });

using var store = new InMemoryLeaseStore();
await using var pool = new EniPool(new EniPoolOptions { MinPoolSize = 2 }, cloud.CreateEniApi(), cloud.CreateInstanceMetadata(instance), store);
using var stop = new CancellationTokenSource();
await pool.RecoverAsync([], stop.Token);
var running = pool.RunAsync(stop.Token);

for (var number = 0; number < Pods; number++)
{
    var lease = await pool.LeaseAsync(
        new LeaseRequest { Attachment = new AttachmentKey($"container-{number}", "eth0"), Pod = new PodKey("default", $"web-{number}") }, stop.Token);
    Console.WriteLine($"{lease.Pod}: {lease.IPv4} on {lease.Eni.Id}");
}

pool.Release(new AttachmentKey("container-0", "eth0"));
var snapshot = pool.Snapshot();
Console.WriteLine($"{snapshot.Leases.Length} leases on {snapshot.Enis.Length} ENIs; the released address rests");

await stop.CancelAsync();
await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
