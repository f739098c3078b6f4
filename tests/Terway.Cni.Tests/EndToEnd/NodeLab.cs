using Terway.Netlink;

namespace Terway.Cni.Tests.EndToEnd;

/// <summary>A node in a namespace of its own: a primary link, an ENI, a gateway behind it, and namespaces for pods. All of it goes at the end.</summary>
internal sealed class NodeLab : IDisposable
{
    public const string EniMac = "00:16:3e:00:00:01";
    private readonly string _name = $"tcni{Guid.NewGuid():N}"[..12];
    private readonly List<string> _namespaces = [];
    private readonly NetworkNamespace _node;

    public NodeLab()
    {
        _node = CreateNamespace(NodeName);
        CreateNamespace(VpcName).Dispose();
        Shell.Ip($"-n {NodeName} link set lo up");
        Shell.Ip($"-n {NodeName} link add eth0 type veth peer name node netns {VpcName}");
        Shell.Ip($"-n {NodeName} link add eth1 address {EniMac} type veth peer name eni netns {VpcName}");
        Shell.Ip($"-n {NodeName} addr add 10.0.0.10/24 dev eth0");
        // Link-local addresses come and go with the carrier; nothing here is about them.
        Shell.Ip($"-n {NodeName} link set eth0 addrgenmode none up");
        Shell.Ip($"-n {NodeName} link set eth1 addrgenmode none");
        Shell.Ip($"-n {VpcName} link set node up");
        Shell.Ip($"-n {VpcName} link set eni up");
        Shell.Ip($"-n {VpcName} addr add 10.0.3.253/24 dev eni");
        Shell.Ip($"-n {NodeName} route add default via 10.0.0.253 dev eth0");
        Run(() =>
        {
            foreach (string setting in new[] { "all/forwarding 1", "default/forwarding 1", "all/rp_filter 0", "default/rp_filter 0", "eth1/rp_filter 0" })
                File.WriteAllText($"/proc/sys/net/ipv4/conf/{setting.Split(' ')[0]}", setting.Split(' ')[1]);
        });
    }

    public string NodeName => $"{_name}n";

    public string VpcName => $"{_name}v";

    public string Links => Shell.Ip($"-n {NodeName} -o link show");

    public string Rules => Shell.Ip($"-n {NodeName} rule show");

    /// <summary>Everything of the node that a pod could leave behind, one object a line.</summary>
    public string State => string.Join('\n',
        string.Join('\n', Shell.Ip($"-n {NodeName} -o -br link show").Split('\n').Select(line => line.Split(' ')[0])), Shell.Ip($"-n {NodeName} rule show"), Shell.Ip($"-n {NodeName} -6 rule show"),
        Shell.Ip($"-n {NodeName} -4 route show table all"), Shell.Ip($"-n {NodeName} neigh show nud permanent"));

    /// <summary>Makes a namespace for a pod and returns its path.</summary>
    public string CreatePod(string suffix = "p0")
    {
        string name = _name + suffix;
        CreateNamespace(name).Dispose();
        Shell.Ip($"-n {name} link set lo up");
        return $"/run/netns/{name}";
    }

    /// <summary>Gives the node an IPv6 address and lets it forward.</summary>
    public void AddIPv6()
    {
        Shell.Ip($"-n {NodeName} addr add 2001:db8::10/64 dev eth0 nodad");
        Run(() => File.WriteAllText("/proc/sys/net/ipv6/conf/all/forwarding", "1"));
    }

    public static string NameOf(string path) => Path.GetFileName(path);

    public void DeletePod(string path)
    {
        NetworkNamespace.Delete(NameOf(path));
        _namespaces.Remove(NameOf(path));
    }

    /// <summary>Runs code on a thread inside the node's namespace; processes that it starts are in it too.</summary>
    public void Run(Action work) => _node.Run(work);

    public T Run<T>(Func<T> work) => _node.Run(work);

    public bool Ping(string fromNamespace, string address) =>
        Shell.TryRun("ip", "netns", "exec", fromNamespace, "ping", "-c", "1", "-W", "2", address).Exit == 0;

    public void Dispose()
    {
        _node.Dispose();
        foreach (string name in _namespaces)
            NetworkNamespace.Delete(name);
    }

    private NetworkNamespace CreateNamespace(string name)
    {
        NetworkNamespace created = NetworkNamespace.Create(name);
        _namespaces.Add(name);
        return created;
    }
}
