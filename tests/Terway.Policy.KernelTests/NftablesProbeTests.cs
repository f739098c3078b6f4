using Terway.Policy.Nftables;

namespace Terway.Policy.KernelTests;

public sealed class NftablesProbeTests
{
    [Fact]
    public void The_kernel_and_the_evaluator_give_the_same_verdict() => VerdictProbes.Compare(Enumerable.Range(5000, 60), (lab, events) =>
    {
        NftablesRenderer renderer = new();
        renderer.Apply(events);
        string ruleset = renderer.Ruleset.ToString();
        lab.Load(ruleset);
        return ruleset;
    });
}
