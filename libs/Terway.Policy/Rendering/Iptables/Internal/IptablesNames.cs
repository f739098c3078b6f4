using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Terway.Policy.Iptables.Internal;

/// <summary>Felix's names of chains and sets.</summary>
internal static class IptablesNames
{
    internal const string Filter = "filter";
    internal const string Raw = "raw";
    internal const string Forward = "cali-FORWARD";
    internal const string Input = "cali-INPUT";
    internal const string Prerouting = "cali-PREROUTING";
    internal const string ToHost = "cali-wl-to-host";

    private const int MaxChainLength = 28;
    private const int MaxSetLength = 31;

    /// <summary>"To" a workload is its ingress.</summary>
    internal static string Dispatch(PolicyDirections direction) =>
        direction is PolicyDirections.Ingress ? "cali-to-wl-dispatch" : "cali-from-wl-dispatch";

    internal static string Endpoint(string link, PolicyDirections direction) => Limit(direction is PolicyDirections.Ingress ? "cali-tw-" : "cali-fw-", link);

    internal static string Policy(ResourceKey key, PolicyDirections direction) =>
        Limit(direction is PolicyDirections.Ingress ? "cali-pi-" : "cali-po-", PolicyText(key));

    internal static string Profile(string name, PolicyDirections direction) =>
        Limit(direction is PolicyDirections.Ingress ? "cali-pri-" : "cali-pro-", name);

    internal static string Set(string id, IpVersion version)
    {
        var name = $"cali{(int)version}0{id}";
        return name.Length <= MaxSetLength ? name : name[..MaxSetLength];
    }

    /// <summary>The policy's name within Calico's data store, from which its chain's is made and which its comment tells.</summary>
    /// <remarks>
    /// A name of Calico's has one slash at most, and none begins like those of Kubernetes policies, unless somebody chose it so; what could be taken
    /// for another has two.
    /// </remarks>
    internal static string PolicyText(ResourceKey key) => key.Kind switch
    {
        ResourceKind.KubernetesNetworkPolicy => $"{key.Namespace}/knp.default.{key.Name}",
        ResourceKind.NetworkPolicy when key.Name.StartsWith("knp.", StringComparison.Ordinal) => $"np/{key.Namespace}/{key.Name}",
        ResourceKind.NetworkPolicy => $"{key.Namespace}/{key.Name}",
        ResourceKind.GlobalNetworkPolicy => key.Name,
        ResourceKind.ClusterNetworkPolicy => $"kcnp/cluster/{key.Name}",
        ResourceKind.AdminNetworkPolicy => $"kanp/cluster/{key.Name}",
        ResourceKind.BaselineAdminNetworkPolicy => $"kbanp/cluster/{key.Name}",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "This is no policy."),
    };

    /// <summary>A comment as Felix writes it: what could need quoting becomes <c>_</c>, and it ends where the kernel's room does.</summary>
    internal static string Comment(string text)
    {
        const int MaxCommentLength = 200;
        var safe = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || " _@%+=:,./-".Contains(c, StringComparison.Ordinal) ? c : '_'));
        return safe.Length <= MaxCommentLength ? safe : safe[..MaxCommentLength];
    }

    internal static string Limit(string prefix, string suffix)
    {
        var length = Encoding.UTF8.GetByteCount(prefix) + Encoding.UTF8.GetByteCount(suffix);
        if (length < MaxChainLength || (length == MaxChainLength && !suffix.StartsWith('_')))
            return prefix + suffix;
        var name = $"{prefix}_{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(suffix)))}";
        return name[..MaxChainLength];
    }
}
