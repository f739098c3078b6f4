using System.Net;
using System.Runtime.CompilerServices;

namespace Terway.Netlink.KernelTests;

/// <summary>Whoever has CAP_NET_ADMIN in a namespace can send to the sockets there; only the kernel's word counts.</summary>
public sealed class ForeignSenderKernelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NetworkNamespace _namespace = NetworkNamespace.Create();

    public void Dispose() => _namespace.Dispose();

    [Fact]
    public async Task Datagram_of_another_process_does_not_hold_up_an_answer()
    {
        using var netlink = RtNetlink.Open(_namespace);
        netlink.Links.List();
        Forge(new NetlinkBuffer(64), RtnetlinkConstants.RTM_DELLINK, new LinkMessage { Name = "lo" });

        var links = await Task.Run(() => netlink.Links.List()).WaitAsync(Patience);

        links.Should().ContainSingle().Which.Name.Should().Be("lo");
    }

    [Fact]
    public async Task Datagram_of_another_process_is_no_change()
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var monitor = NetworkMonitor.Open(_namespace, NetworkChangeKinds.Links | NetworkChangeKinds.Rules);
        await using var changes = monitor.ReadAllAsync(timeout.Token).GetAsyncEnumerator();
        await changes.MoveNextAsync();
        Forge(new NetlinkBuffer(64), RtnetlinkConstants.RTM_DELLINK, new LinkMessage { Name = "lo" });
        using var netlink = RtNetlink.Open(_namespace);
        netlink.Rules.Add(new RuleMessage { Priority = 512, Source = IPNetwork.Parse("10.0.0.5/32"), Table = RouteTable.Main });

        await changes.MoveNextAsync();

        changes.Current.Should().BeOfType<NetworkChange<RuleMessage>>();
    }

    /// <summary>Sends to the first netlink socket of the namespace, which has the process's id as its port.</summary>
    private void Forge(NetlinkBuffer buffer, ushort type, INetlinkRequest request)
    {
        var writer = new NetlinkWriter(buffer);
        var start = writer.BeginMessage(type, 0, 0);
        request.Write(ref writer, type);
        writer.EndMessage(start);
        using var socket = _namespace.Run(NetlinkSocket.Open);
        var port = new Interop.NetlinkSocketAddress { Family = NetlinkConstants.AF_NETLINK, PortId = (uint)Environment.ProcessId };

        var sent = Interop.SendTo(socket.Handle, buffer.Written[0], buffer.Length, 0, port, (uint)Unsafe.SizeOf<Interop.NetlinkSocketAddress>());

        sent.Should().Be(buffer.Length, "the port is that of the socket under test");
    }
}
