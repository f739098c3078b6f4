using System.Net;

namespace Terway.Policy.Manifests;

public sealed class AssumedClusterTests
{
    [Fact]
    public void Every_namespace_that_is_used_is_there_and_carries_its_name()
    {
        AssumedCluster cluster = AssumedCluster.Of([new Namespace { Name = "known" }, PodOf("a", "known"), PodOf("a", "implied"), new KubernetesNetworkPolicy { Name = "p", Namespace = "only-here" }]);

        IEnumerable<Namespace> namespaces = cluster.Resources.OfType<Namespace>();
        namespaces.Select(n => n.Name).Should().Equal("known", "implied", "only-here");
        namespaces.Single(n => n.Name == "implied").Labels.Find(Namespace.NameLabel).Should().Be("implied");
    }

    [Fact]
    public void Pods_get_addresses_and_nodes_the_same_each_time_and_never_twice()
    {
        Resource[] pods = [.. Enumerable.Range(0, 300).Select(i => PodOf($"p{i}")), PodOf("given") with { Addresses = [IPAddress.Parse("10.0.128.7")] }];

        AssumedCluster cluster = AssumedCluster.Of(pods);

        List<Pod> completed = [.. cluster.Resources.OfType<Pod>()];
        completed.Should().OnlyContain(p => p.IsEndpoint);
        completed.SelectMany(p => p.Addresses).Should().OnlyHaveUniqueItems();
        completed.Single(p => p.Name == "given").Addresses.Should().Equal(IPAddress.Parse("10.0.128.7"));
        completed.GroupBy(p => p.Node).Select(g => g.Count()).Should().BeEquivalentTo([150, 151]);
        AssumedCluster.Of(pods).Resources.Should().Equal(cluster.Resources);
    }

    [Fact]
    public void A_pod_keeps_its_node_and_a_node_its_addresses()
    {
        AssumedCluster cluster = AssumedCluster.Of(
        [
            new Node { Name = "n1", Addresses = [IPAddress.Parse("192.168.0.1")] },
            PodOf("host") with { IsHostNetwork = true, Node = "n2", Addresses = [IPAddress.Parse("192.168.0.2")] },
            PodOf("a") with { Node = "n3" },
            PodOf("b"),
        ]);

        cluster.Nodes.Keys.Should().BeEquivalentTo(["n1", "n2", "n3"]);
        cluster.Nodes["n1"].Should().Equal(IPAddress.Parse("192.168.0.1"));
        cluster.Nodes["n2"].Should().Equal(IPAddress.Parse("192.168.0.2"));
        cluster.Nodes["n3"].Should().HaveCount(2);
        cluster.Resources.OfType<Pod>().Single(p => p.Name == "b").Node.Should().Be("n1", "it has no pod yet");
    }

    [Fact]
    public void A_pod_that_has_ended_or_is_on_its_nodes_network_gets_no_address()
    {
        AssumedCluster cluster = AssumedCluster.Of([PodOf("ended") with { IsFinished = true }, PodOf("host") with { IsHostNetwork = true }]);

        cluster.Resources.OfType<Pod>().Should().OnlyContain(p => p.Addresses.IsEmpty);
        cluster.Nodes.Keys.Should().BeEquivalentTo(["node-1", "node-2"]);
    }

    private static Pod PodOf(string name, string podNamespace = "shop") => new() { Name = name, Namespace = podNamespace };
}
