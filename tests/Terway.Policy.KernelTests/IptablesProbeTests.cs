using Terway.Policy.Iptables;

namespace Terway.Policy.KernelTests;

public sealed class IptablesProbeTests
{
    [Fact]
    public void The_kernel_and_the_evaluator_give_the_same_verdict() => VerdictProbes.Compare(Enumerable.Range(8000, 50), (lab, events) =>
    {
        Clear(lab);
        IptablesRenderer renderer = new();
        renderer.Apply(events);
        IptablesRuleset[] rulesets = [renderer.RulesetOf(IpVersion.V4), renderer.RulesetOf(IpVersion.V6)];
        foreach (IptablesRuleset ruleset in rulesets)
        {
            Commands.Run(lab.Node, "ipset", ["restore"], ruleset.IpsetText());
            Commands.Run(lab.Node, ruleset.Version is IpVersion.V4 ? "iptables-restore" : "ip6tables-restore", ["--noflush"], ruleset.RestoreText());
        }

        return string.Join('\n', rulesets.Select(r => r.ToString()));
    });

    private static void Clear(ProbeLab lab)
    {
        lab.Execute("nft", "flush", "ruleset");
        lab.Execute("ipset", "destroy");
    }
}
