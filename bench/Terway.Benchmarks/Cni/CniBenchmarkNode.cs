using System.Diagnostics;
using System.Net;
using Terway.Netlink;

namespace Terway.Benchmarks.Cni;

/// <summary>A node's namespace with a primary link and an ENI's stand-in, the namespaces of the pods, and the daemon.</summary>
internal sealed class CniBenchmarkNode : IDisposable
{
    public const string EniMac = "00:16:3e:00:00:01";
    public static readonly IPAddress Address = IPAddress.Parse("10.7.0.10");
    private readonly string _name = $"bcni{Environment.ProcessId}";
    private readonly List<string> _pods = [];
    private readonly Process _daemon;

    public CniBenchmarkNode()
    {
        Folder = Directory.CreateTempSubdirectory("terway-bench-").FullName;
        Namespace = NetworkNamespace.Create(_name);
        using (RtNetlink node = RtNetlink.Open(Namespace))
        {
            node.Links.SetUp(node.Links.Get("lo").Index);
            AddPrimary(node);
            node.Links.Add(new LinkMessage { Name = "eth1", Mac = MacAddress.Parse(EniMac), Kind = new VethKind { Peer = new LinkMessage { Name = "vpc1" } } });
            node.Links.SetUp(node.Links.Get("vpc1").Index);
        }
        _daemon = Process.Start(Environment.ProcessPath!, [typeof(CniBenchmarkNode).Assembly.Location, CniDaemon.Command, SocketPath, _name]);
        if (!SpinWait.SpinUntil(() => File.Exists(SocketPath), TimeSpan.FromSeconds(20)))
            throw new InvalidOperationException("the benchmark's daemon did not start");
    }

    public string Folder { get; }

    public NetworkNamespace Namespace { get; }

    public string SocketPath => Path.Combine(Folder, "eni.socket");

    /// <summary>CPU time that the daemon has used.</summary>
    public TimeSpan DaemonCpu
    {
        get
        {
            _daemon.Refresh();
            return _daemon.TotalProcessorTime;
        }
    }

    /// <summary>Makes a fresh namespace and returns its path.</summary>
    public string CreatePod()
    {
        string name = $"{_name}p{_pods.Count}";
        NetworkNamespace.Create(name).Dispose();
        _pods.Add(name);
        return $"/run/netns/{name}";
    }

    /// <summary>The link of the node's own address and default route.</summary>
    private static void AddPrimary(RtNetlink node)
    {
        node.Links.Add(new LinkMessage { Name = "eth0", Kind = new VethKind { Peer = new LinkMessage { Name = "vpc0" } } });
        IfIndex primary = node.Links.Get("eth0").Index;
        node.Links.SetUp(node.Links.Get("vpc0").Index);
        node.Links.SetUp(primary);
        node.Addresses.Add(new AddressMessage { Interface = primary, Address = new InterfaceAddress(Address, 16) });
        node.Routes.Add(new RouteMessage { Gateway = IPAddress.Parse("10.7.255.253"), OutputInterface = primary });
    }

    public void Dispose()
    {
        _daemon.Kill();
        _daemon.WaitForExit();
        _daemon.Dispose();
        foreach (string pod in _pods)
            NetworkNamespace.Delete(pod);
        Namespace.Dispose();
        NetworkNamespace.Delete(_name);
        Directory.Delete(Folder, recursive: true);
    }
}
