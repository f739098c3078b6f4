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

    public static string ConfigurePrimary(string link, IPAddress address, int prefixLength, IPAddress gateway) => $"""
        set -e
        ip address add {address}/{prefixLength} dev {link}
        ip link set {link} up
        ip route add default via {gateway} dev {link}

        """;
}
