using System.Net;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox.Nodes;

/// <summary>What is done inside a node's new namespaces, as shell.</summary>
internal static class NodeScript
{
    /// <summary>
    /// A file system of the node's own where nodes differ; it is memory and goes with the last process. The machine's named
    /// network namespaces are let go first, or a node would keep those of others alive.
    /// </summary>
    public static string Prepare(string name) => $$"""
        umount --recursive --lazy /run/netns 2>/dev/null || true
        mount -t tmpfs -o mode=755 node /run
        for private in etc var opt; do
            mkdir -p /run/.node/$private/files /run/.node/$private/work
            mount -t overlay -o lowerdir=/$private,upperdir=/run/.node/$private/files,workdir=/run/.node/$private/work node /$private
        done
        rm -rf /etc/cni /var/lib/cni /etc/eni
        mkdir -p {{CniRuntime.ConfigFolder}} {{CniRuntime.PluginFolder}} /etc/eni /var/lib/cni /var/log /run/netns
        for plugin in /usr/lib/cni/*; do
            test -e {{CniRuntime.PluginFolder}}/"${plugin##*/}" || ln -s "$plugin" {{CniRuntime.PluginFolder}}/
        done
        hostname {{name}}
        ip link set lo up
        """;

    /// <summary>
    /// Waits until the kernel has noticed the link's carrier, a moment after it is there: what is sent before is dropped, and an
    /// ARP question that got lost is asked again only after a second.
    /// </summary>
    public static string UntilUp(string link) => $"until ip -oneline link show dev {link} | grep -q 'state UP'; do sleep 0.01; done";

    public static string ConfigurePrimary(string link, IPAddress address, int prefixLength, IPAddress gateway) => $"""
        set -e
        ip address add {address}/{prefixLength} dev {link}
        ip link set {link} up
        {UntilUp(link)}
        ip route add default via {gateway} dev {link}

        """;
}
