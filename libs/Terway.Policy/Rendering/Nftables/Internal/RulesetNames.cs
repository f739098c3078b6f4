using System.Buffers.Text;
using System.Net;
using System.Text;
using Terway.Policy.Internal;

namespace Terway.Policy.Nftables.Internal;

/// <summary>The names of chains and sets: such that people find them, that <c>nft</c> reads them, and that the kernel has room for them.</summary>
internal static class RulesetNames
{
    /// <summary>Old kernels have room for 127 bytes in a name, prefix and suffix included.</summary>
    private const int MaxIdLength = 100;
    private const int HashLength = 16;

    internal const string FromForward = "forward-from";
    internal const string FromInput = "input-from";
    internal const string ToForward = "forward-to";
    internal const string FromPod = "from-pod";
    internal const string FromPodToNode = "from-pod-to-node";
    internal const string ToPod = "to-pod";
    internal const string Endpoints = "endpoints";
    internal const string FromMap = "from";
    internal const string ToMap = "to";

    /// <summary>The policy as <c>knp/shop/http</c>, with Calico's short names of kinds.</summary>
    internal static string Policy(ResourceKey key)
    {
        var kind = key.Kind switch
        {
            ResourceKind.KubernetesNetworkPolicy => "knp",
            ResourceKind.NetworkPolicy => "np",
            ResourceKind.GlobalNetworkPolicy => "gnp",
            ResourceKind.ClusterNetworkPolicy => "kcnp",
            ResourceKind.AdminNetworkPolicy => "kanp",
            ResourceKind.BaselineAdminNetworkPolicy => "kbanp",
            _ => key.Kind.ToString().ToLowerInvariant(),
        };
        return Safe(key.Namespace is null ? [kind, key.Name] : [kind, key.Namespace, key.Name]);
    }

    internal static string PolicyChain(ResourceKey key, PolicyDirections direction) => $"{Way(direction)}-{Policy(key)}";

    internal static string LogChain(string policyChain, int position) => $"{policyChain}/log{position}";

    internal static string EndpointChain(string interfaceName, PolicyDirections direction) =>
        $"{(direction is PolicyDirections.Ingress ? "to" : "from")}-{Safe([interfaceName])}";

    internal static string Sources(IpVersion version) => $"sources{(int)version}";

    /// <summary>Felix's id <c>s:HASH</c> as <c>s4-HASH</c>, with an <c>n</c> for the part that holds blocks.</summary>
    internal static string IpSet(string id, IpVersion version, bool isBlocks)
    {
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        return $"{id[..colon]}{(int)version}{(isBlocks ? "n" : "")}-{id[(colon + 1)..]}";
    }

    internal static string Ports(IEnumerable<PortRange> ports)
    {
        var text = string.Join('_', ports.Select(p => p.First == p.Last ? $"{p.First}" : $"{p.First}-{p.Last}"));
        return text.Length <= MaxIdLength ? $"ports-{text}" : $"ports-{Hash(text)}";
    }

    internal static string Networks(IpVersion version, IEnumerable<IPNetwork> networks) => $"nets{(int)version}-{Hash(string.Join(' ', networks))}";

    internal static string Way(PolicyDirections direction) => direction is PolicyDirections.Ingress ? "in" : "out";

    /// <summary>Joins parts by slashes. What has other characters than names of the API server, or is long, is cut and gets a hash of the whole.</summary>
    private static string Safe(string[] parts)
    {
        var whole = string.Join('/', parts);
        if (whole.Length <= MaxIdLength && parts.All(part => part.All(IsPlain)))
            return whole;
        var start = string.Concat(whole.Take(MaxIdLength - HashLength - 1).Select(c => c is '/' || IsPlain(c) ? c : '_'));
        return $"{start}.{Hash(whole)}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';

    private static string Hash(string text) => Base64Url.EncodeToString(Sha224.Hash(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
