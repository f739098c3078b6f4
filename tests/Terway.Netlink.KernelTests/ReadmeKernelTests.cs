using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class ReadmeKernelTests
{
    [Fact]
    public void Example_of_the_readme_does_what_it_says()
    {
        using var node = NetworkNamespace.Create();
        using var pod = NetworkNamespace.Create();
        using var host = RtNetlink.Open(node);
        host.Links.Add(new LinkMessage
        {
            Name = "cali0",
            Kind = new VethKind { Peer = new LinkMessage { Name = "eth0", Namespace = pod } },
        });
        var link = host.Links.Get("cali0").Index;
        host.Links.SetUp(link);
        host.Routes.Add(new RouteMessage { Destination = IPNetwork.Parse("10.0.0.5/32"), OutputInterface = link });
        host.Rules.Add(new RuleMessage { Priority = 512, Destination = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main });
        var done = Sysctl.Ensure(pod, [new(SysctlKey.IPv4Conf("eth0", "rp_filter"), "2")]);

        host.Routes.Lookup(IPAddress.Parse("10.0.0.5")).OutputInterface.Should().Be(link);
        host.Rules.List(new RuleFilter { Priority = 512 }).Should().ContainSingle();
        done.Should().ContainSingle().Which.Should().Be(SysctlOutcome.Changed);
    }

    [Fact]
    public void Filter_of_the_readme_does_what_it_says()
    {
        using var node = NetworkNamespace.Create();
        using var nftables = NfTables.Open(node);
        var table = new NftTableKey(NftFamily.Inet, "example");
        var (forward, pods) = (new NftChainKey(table, "forward"), new NftSetKey(table, "pods"));
        var change = nftables.CreateTransaction();
        change.Tables.Add(new NftTable { Key = table });
        change.Chains.Add(new NftChain { Key = forward, Base = new NftBaseChain { Hook = NftHook.Forward } });
        change.Sets.Add(new NftSet { Key = pods, KeyType = NftDataType.IPv4Address });
        change.Elements.Add(pods, new NftElement(NftData.Address(IPAddress.Parse("10.0.0.5"))));
        change.Rules.Add(new NftRule
        {
            Chain = forward,
            Expressions =
            [
                NftMeta.Load(NftMetaKey.Family), NftCompare.Equal(NftData.Byte((byte)NftFamily.IPv4)),
                NftPayload.IPv4Source(), NftLookup.In(pods), new NftCounter(), NftImmediate.Of(NftVerdict.Drop),
            ],
        });
        change.Commit().ThrowIfFailed();

        nftables.ReadTable(table)!.Rules.Should().ContainSingle().Which.Chain.Should().Be(forward);
        nftables.ListElements(pods).Should().ContainSingle();
    }
}
