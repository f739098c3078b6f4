using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Terway.Cloud.Testing;
using Terway.Testing;

namespace Terway.Cloud.Tests.Emulator;

/// <summary>Whatever the sequence of calls: no limit is exceeded and no address is given twice.</summary>
public class EmulatorPropertyTests
{
    [Fact]
    public void No_sequence_of_calls_exceeds_a_limit_or_gives_an_address_twice()
    {
        var steps = Gen.Choose(0, int.MaxValue - 1).ListOf(80).ToArbitrary();
        var property = Prop.ForAll(steps, list => RunAsync([.. list]).GetAwaiter().GetResult());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), property);
    }

    private static async Task<bool> RunAsync(int[] steps)
    {
        var time = new FakeTimeProvider();
        using var cloud = await TestCloud.CreateAsync(
            new CloudEmulatorOptions
            {
                TimeProvider = time,
                Latencies = EmulatorLatencies.Realistic,
                MaxEniCount = 12,
                ActionLimits = new Dictionary<string, int>(),
                DefaultActionLimit = 100_000,
            },
            "ecs.u1-c1m4.xlarge");
        var free = (await FreeAsync(cloud, time)).Sum();
        var pending = new List<Task>();
        foreach (var step in steps)
        {
            pending.Add(StepAsync(cloud, new Random(step)));
            time.Advance(TimeSpan.FromMilliseconds(step % 900));
            CheckLimits(cloud);
        }
        time.Advance(TimeSpan.FromMinutes(2));
        foreach (var call in pending)
            await Tolerate(call);
        CheckLimits(cloud);

        // What was given and what is free make up the whole at every quiet moment.
        var held = cloud.Emulator.Interfaces.Sum(e => 1 + e.SecondaryIpAddresses.Count + (16 * e.Ipv4Prefixes.Count));
        ((await FreeAsync(cloud, time)).Sum() + held - 1).Should().Be(free);
        cloud.Emulator.Interfaces.Should().OnlyContain(e => e.Status != EniStatus.Attaching && e.Status != EniStatus.Detaching && e.Status != EniStatus.Deleting);
        return true;
    }

    private static async Task<List<long>> FreeAsync(TestCloud cloud, FakeTimeProvider time)
    {
        var counts = new List<long>();
        var listing = ListAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await listing;
        return counts;

        async Task ListAsync()
        {
            await foreach (var vSwitch in cloud.Api.DescribeVSwitchesAsync(new VSwitchQuery()))
                counts.Add(vSwitch.AvailableIpAddressCount);
        }
    }

    private static Task StepAsync(TestCloud cloud, Random random)
    {
        var enis = cloud.Emulator.Interfaces;
        var eni = enis[random.Next(enis.Length)];
        var api = cloud.Api;
        VSwitchId[] vSwitches = [cloud.VSwitch, cloud.OtherZone, cloud.Small];
        return random.Next(10) switch
        {
            0 or 1 => api.CreateNetworkInterfaceAsync(new CreateNetworkInterfaceRequest
            {
                VSwitchId = vSwitches[random.Next(3)],
                SecurityGroupIds = [cloud.Group],
                SecondaryIpAddressCount = random.Next(5),
                Type = random.Next(6) == 0 ? EniType.Trunk : EniType.Secondary,
            }),
            2 => api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance)),
            3 => api.AttachNetworkInterfaceAsync(new(eni.Id, cloud.Instance, enis.FirstOrDefault(e => e.Type == EniType.Trunk)?.Id)),
            4 => api.DetachNetworkInterfaceAsync(new(eni.Id, cloud.Instance)),
            5 => api.DeleteNetworkInterfaceAsync(eni.Id),
            6 => api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, Count = random.Next(1, 6) }),
            7 => api.AssignPrivateIpAddressesAsync(new() { EniId = eni.Id, PrefixCount = random.Next(1, 3) }),
            8 => api.UnassignPrivateIpAddressesAsync(new() { EniId = eni.Id, Addresses = [.. eni.SecondaryIpAddresses.Take(random.Next(1, 4))], Prefixes = [] }),
            _ => api.AssignIpv6AddressesAsync(new() { EniId = eni.Id, Count = 1 }),
        };
    }

    private static async Task Tolerate(Task call)
    {
        try
        {
            await call;
        }
        catch (CloudApiException refused)
        {
            refused.Code.Should().NotBe("InternalError");
        }
    }

    /// <summary>Plain code: this runs after every step, and an assertion library would take most of the time.</summary>
    private static void CheckLimits(TestCloud cloud)
    {
        var enis = cloud.Emulator.Interfaces;
        var limits = InstanceTypeCatalog.Types[new InstanceTypeId("ecs.u1-c1m4.xlarge")];
        var attached = enis.Where(e => e.Attachment is not null).ToList();
        Hold(attached.Count(e => e.Type != EniType.Member) <= limits.EniQuantity, "ENIs of the instance");
        Hold(attached.Count <= limits.EniTotalQuantity, "ENIs of the instance with members");
        Hold(attached.TrueForAll(e => 1 + e.SecondaryIpAddresses.Count + e.Ipv4Prefixes.Count <= limits.Ipv4PerEni), "IPv4 of an ENI");
        Hold(attached.TrueForAll(e => e.Ipv6Addresses.Count <= limits.Ipv6PerEni), "IPv6 of an ENI");
        Hold(enis.Length <= 12, "ENIs of the account");
        var addresses = enis.SelectMany(e => e.SecondaryIpAddresses.Append(e.PrimaryIpAddress).Concat(e.Ipv6Addresses)).ToList();
        Hold(addresses.Distinct().Count() == addresses.Count, "an address given twice");
        var prefixes = enis.SelectMany(e => e.Ipv4Prefixes).ToList();
        Hold(prefixes.Distinct().Count() == prefixes.Count, "a prefix given twice");
        Hold(!addresses.Exists(a => prefixes.Exists(p => p.Contains(a))), "an address inside a prefix");
        Hold(!addresses.Exists(CloudsOwn.Contains), "an address of the cloud's own");
        Hold(enis.All(e => cloud.Emulator.FindOwner(e.VpcId, e.PrimaryIpAddress) == e.Id), "the owner of an address");
    }

    private static HashSet<IPAddress> CloudsOwn { get; } =
        [.. new[] { "10.0.0.0", "10.0.0.253", "10.0.0.254", "10.0.0.255", "10.0.2.0", "10.0.2.5", "10.0.2.6", "10.0.2.7" }.Select(IPAddress.Parse)];

    private static void Hold(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException($"Broken: {what}.");
    }
}
