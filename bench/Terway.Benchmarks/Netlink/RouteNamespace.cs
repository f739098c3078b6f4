using System.Net;
using Terway.Netlink;

namespace Terway.Benchmarks.Netlink;

/// <summary>A fresh namespace with a link to add routes to, and the routes.</summary>
internal sealed class RouteNamespace : IDisposable
{
    internal RouteNamespace(int count)
    {
        Namespace = NetworkNamespace.Create();
        Netlink = RtNetlink.Open(Namespace);
        Netlink.Links.Add(new LinkMessage { Name = "v0", Kind = new VethKind { Peer = new LinkMessage { Name = "v1" } } });
        Link = Netlink.Links.Get("v0").Index;
        Netlink.Links.SetUp(Link);
        Netlink.Links.SetUp(Netlink.Links.Get("v1").Index);
        Routes = [.. Enumerable.Range(0, count).Select(Route)];
    }

    internal NetworkNamespace Namespace { get; }

    internal RtNetlink Netlink { get; }

    internal IfIndex Link { get; }

    internal IReadOnlyList<RouteMessage> Routes { get; }

    /// <summary>The lines of a file for <c>ip -batch</c>.</summary>
    internal static string BatchLines(int count, string verb) => string.Concat(
        Enumerable.Range(0, count).Select(i => $"route {verb} 10.{i >> 8}.{i & 0xff}.0/24 dev v0 scope link\n"));

    public void Dispose()
    {
        Netlink.Dispose();
        Namespace.Dispose();
    }

    private RouteMessage Route(int number) => new()
    {
        Destination = new(new IPAddress([10, (byte)(number >> 8), (byte)number, 0]), 24),
        OutputInterface = Link,
        Scope = RouteScope.Link,
    };
}
