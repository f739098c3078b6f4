using System.Collections.Immutable;
using Terway.Policy.Iptables.Internal;

namespace Terway.Policy.Iptables;

/// <summary>Names and hashes are those that a running Felix has, so that its tools and its operators find them.</summary>
public sealed class IptablesNameTests
{
    [Theory]
    [InlineData("default", "allow-web", "cali-pi-_QMREAWxglfqoREwyt41")]
    [InlineData("prod", "allow-web", "cali-pi-_C91fLzb1iw1DV06t-5a")]
    public void Chain_of_a_kubernetes_policy_has_felix_name(string itsNamespace, string name, string chain) =>
        IptablesNames.Policy(new(ResourceKind.KubernetesNetworkPolicy, itsNamespace, name), PolicyDirections.Ingress).Should().Be(chain);

    [Theory]
    [InlineData("ksa.kube-system.coredns", "cali-pri-_u2Tn2rSoAPffvE7JO6")]
    [InlineData("kns.kube-system", "cali-pri-kns.kube-system")]
    public void Chain_of_a_profile_has_felix_name(string profile, string chain) =>
        IptablesNames.Profile(profile, PolicyDirections.Ingress).Should().Be(chain);

    [Theory]
    [InlineData("s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug", IpVersion.V4, "cali40s:5y5I3VdRZfDU01O--xXAPx2")]
    [InlineData("s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug", IpVersion.V6, "cali60s:5y5I3VdRZfDU01O--xXAPx2")]
    [InlineData("short", IpVersion.V4, "cali40short")]
    public void Set_has_felix_name(string id, IpVersion version, string name) => IptablesNames.Set(id, version).Should().Be(name);

    [Theory]
    [InlineData("a", 28, true)]
    [InlineData("_", 28, false)]
    [InlineData("a", 29, false)]
    public void Name_as_long_as_the_room_is_kept_unless_it_could_be_taken_for_a_hash(string first, int length, bool isKept)
    {
        string suffix = first + new string('x', length - "cali-pi-".Length - 1);

        string name = IptablesNames.Limit("cali-pi-", suffix);

        (name == "cali-pi-" + suffix).Should().Be(isKept);
        name.Length.Should().BeLessThanOrEqualTo(28);
    }

    [Fact]
    public void Policies_of_different_kinds_never_share_a_chain()
    {
        ResourceKind[] kinds =
        [
            ResourceKind.KubernetesNetworkPolicy, ResourceKind.NetworkPolicy, ResourceKind.GlobalNetworkPolicy, ResourceKind.ClusterNetworkPolicy,
            ResourceKind.AdminNetworkPolicy, ResourceKind.BaselineAdminNetworkPolicy,
        ];
        string[] names = ["a", "knp.default.a", "default.a", "knp.a"];
        string[] namespaces = ["a", "np", "kcnp", "cluster"];

        ResourceKey[] keys =
        [
            .. from kind in kinds
               from name in names
               from itsNamespace in kind is ResourceKind.KubernetesNetworkPolicy or ResourceKind.NetworkPolicy ? namespaces : [null!]
               select new ResourceKey(kind, itsNamespace, name),
        ];

        keys.Select(k => IptablesNames.Policy(k, PolicyDirections.Egress)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Hashes_of_rules_are_felix_hashes()
    {
        HashesOf("cali-pri-_u2Tn2rSoAPffvE7JO6", new IptablesRule("", "Profile ksa.kube-system.coredns ingress")).Should().Equal("WqgznqAQ-uYV0oBx");
        HashesOf(
            "cali-pi-_C91fLzb1iw1DV06t-5a",
            new("-p tcp -m set --match-set cali40s:lgQ0i7EXRxuqdfcSKmyEYAU src -m multiport --destination-ports 80 --jump MARK --set-mark 0x10000/0x10000", "Policy prod/knp.default.allow-web ingress"),
            new("-m mark --mark 0x10000/0x10000 --jump RETURN")).Should().Equal("-btPacLuPiThOYFv", "Dkr2MWrgtRshXUE4");
        IptablesRuleset ruleset = new IptablesRenderer().RulesetOf(IpVersion.V4);
        ruleset.Hooks.Select(h => (h.Chain, h.Hash())).Take(3).Should().Equal(
            ("FORWARD", "wUHhoiAYhphO9Mso"), ("INPUT", "Cz_u1IQiXIMmKD4c"), ("PREROUTING", "6gwbT8clXdHdC1b1"));
    }

    private static ImmutableArray<string> HashesOf(string chain, params ReadOnlySpan<IptablesRule> rules) =>
        new IptablesChain("filter", chain, [.. rules]).Hashes();
}
