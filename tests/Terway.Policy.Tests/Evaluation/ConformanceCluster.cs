using System.Collections.Immutable;
using System.Net;

namespace Terway.Policy.Evaluation;

/// <summary>The cluster of the well-known conformance suites: namespaces x, y, z with pods a, b, c, ports 80 and 81 of each protocol.</summary>
internal static class ConformanceCluster
{
    private static readonly IpProtocol[] Protocols = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    public static ImmutableArray<Resource> Resources { get; } =
    [
        .. "xyz".Select(n => new Namespace { Name = $"{n}", Labels = LabelSet.Of(("ns", $"{n}"), (Namespace.NameLabel, $"{n}")) }),
        .. "xyz".SelectMany(n => "abc".Select(p => PodOf(n, p))),
    ];

    public static IPAddress AddressOf(string pod, bool isV6 = false) =>
        IPAddress.Parse(isV6 ? $"2001:db8::{pod[0] - 'x' + 1}:{pod[2] - 'a' + 1}" : $"10.0.{pod[0] - 'x' + 1}.{pod[2] - 'a' + 1}");

    public static IPAddress External(bool isV6) => IPAddress.Parse(isV6 ? "2001:db8:ffff::1" : "192.0.2.1");

    public static IEnumerable<string> Pods => "xyz".SelectMany(n => "abc".Select(p => $"{n}/{p}"));

    private static Pod PodOf(char podNamespace, char name) => new()
    {
        Name = $"{name}",
        Namespace = $"{podNamespace}",
        Node = podNamespace == 'x' ? "here" : "there",
        ServiceAccount = "default",
        Labels = LabelSet.Of(("pod", $"{name}")),
        Addresses = [AddressOf($"{podNamespace}/{name}"), AddressOf($"{podNamespace}/{name}", isV6: true)],
        Ports = Protocols.SelectMany(protocol => new ushort[] { 80, 81 }.Select(port =>
            new NamedPort($"serve-{port}-{protocol.ToString().ToLowerInvariant()}", protocol, port))).ToEquatableArray(),
    };
}
