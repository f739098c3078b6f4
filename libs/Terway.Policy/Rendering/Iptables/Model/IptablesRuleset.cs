using System.Collections.Immutable;

namespace Terway.Policy.Iptables;

/// <summary>All that stands for one version of IP.</summary>
/// <param name="Version">The version.</param>
/// <param name="Sets">The sets.</param>
/// <param name="Chains">The chains, by table and name.</param>
/// <param name="Hooks">The rules in the kernel's own chains.</param>
public sealed record IptablesRuleset(
    IpVersion Version, ImmutableArray<IpsetContent> Sets, ImmutableArray<IptablesChain> Chains, ImmutableArray<IptablesHook> Hooks)
{
    /// <summary>The input of <c>ipset restore</c> that makes the sets where there are none.</summary>
    public string IpsetText() => IptablesText.Sets(Sets);

    /// <summary>The input of <c>iptables-restore --noflush</c>, or <c>ip6tables-restore</c>, that makes the chains where there are none.</summary>
    public string RestoreText() => IptablesText.Restore(Chains, Hooks, []);

    /// <summary>Both, one after the other.</summary>
    public override string ToString() => $"# ipset restore\n{IpsetText()}# {(Version is IpVersion.V4 ? "iptables" : "ip6tables")}-restore --noflush\n{RestoreText()}";
}
