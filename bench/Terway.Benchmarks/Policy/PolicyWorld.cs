using System.Net;
using Terway.Policy;

namespace Terway.Benchmarks.Policy;

/// <summary>A cluster of so many pods and policies, in which each policy governs the pods of one application of its namespace.</summary>
internal sealed class PolicyWorld(int namespaces, int pods, int localPods, int policies)
{
    internal const string Node = "here";
    private const int Applications = 10;

    internal IEnumerable<Resource> Resources =>
    [
        .. Enumerable.Range(0, namespaces).Select(i => new Namespace { Name = $"ns{i}", Labels = LabelSet.Of(("team", $"t{i % 50}")) }),
        .. Enumerable.Range(0, pods).Select(i => Pod(i, isLocal: i < localPods)),
        .. Enumerable.Range(0, policies).Select(Policy),
    ];

    internal Pod Pod(int number, bool isLocal) => new()
    {
        Name = $"pod{number}",
        Namespace = $"ns{number % namespaces}",
        Node = isLocal ? Node : "there",
        Labels = LabelSet.Of(("app", $"a{number / namespaces % Applications}"), ("role", "client")),
        Addresses = [AddressOf(number)],
        Ports = [new("http", IpProtocol.Tcp, 8080)],
    };

    internal KubernetesNetworkPolicy Policy(int number) => new()
    {
        Name = $"policy{number}",
        Namespace = $"ns{number % namespaces}",
        PodSelector = new() { MatchLabels = LabelSet.Of(("app", $"a{number / namespaces % Applications}")) },
        PolicyTypes = PolicyDirections.Both,
        Ingress =
        [
            new()
            {
                Peers = [new() { NamespaceSelector = new() { MatchLabels = LabelSet.Of(("team", $"t{number % 50}")) } }, new() { IpBlock = new(IPNetwork.Parse("192.0.2.0/24")) }],
                Ports = [new(IpProtocol.Tcp, (ushort)(8000 + (number % 100)))],
            },
        ],
        Egress = [new() { Ports = [new(IpProtocol.Udp, 53)] }],
    };

    private static IPAddress AddressOf(int number) => new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
