using System.Text;
using System.Text.Json;
using Terway.Policy;
using Terway.Policy.Manifests;
using Terwayd.CommandLine;
using Terwayd.Show;

namespace Terwayd.PolicyTool;

/// <summary>The commands that reason about manifests: no daemon, no kernel, no cluster. What is wrong with manifests goes to the error stream.</summary>
internal sealed class PolicyReasoning(TextWriter output, TextWriter errors)
{
    private const int Succeeded = 0;
    private const int Failed = 1;

    internal int Eval(EvalArguments arguments) => Guarded(() =>
    {
        var probes = ProbeFile.Read(arguments.Probes);
        var answers = new ProbeEvaluation(Cluster(arguments.Manifests)).Answer(probes);
        output.Write(arguments.Output is ShowOutput.Json ? AnswerJson.Write(answers) : Table(answers));
        return Succeeded;
    });

    internal int Explain(ExplainArguments arguments) => Guarded(() =>
    {
        output.Write(Explanation.Of(new ProbeEvaluation(Cluster(arguments.Manifests)).Answer([arguments.Probe])[0]));
        return Succeeded;
    });

    internal int Render(RenderArguments arguments) => Guarded(() =>
    {
        output.Write(PolicyRendering.Nftables(Cluster(arguments.Manifests), arguments.Endpoints));
        return Succeeded;
    });

    /// <summary>Fails where anything was found, so that a pipeline stops.</summary>
    internal int Lint(LintArguments arguments) => Guarded(() =>
    {
        var manifests = ManifestSet.Read(arguments.Manifests);
        var findings = PolicyLinter.Check(AssumedCluster.Of(manifests.Resources).Resources);
        output.Write(arguments.Output is ShowOutput.Json ? LintReport.Json(manifests.Problems, findings) : LintReport.Text(manifests.Problems, findings));
        return manifests.Problems.IsEmpty && findings.IsEmpty ? Succeeded : Failed;
    });

    private AssumedCluster Cluster(IReadOnlyList<string> paths)
    {
        var manifests = ManifestSet.Read(paths);
        foreach (var problem in manifests.Problems)
            errors.WriteLine(problem);
        return AssumedCluster.Of(manifests.Resources);
    }

    private int Guarded(Func<int> act)
    {
        try
        {
            return act();
        }
        catch (ManifestException e)
        {
            errors.WriteLine($"{ManifestException.Code}: {e.Message} ({e.Hint})");
        }
        catch (TerwaydException e)
        {
            errors.WriteLine($"{e.Code}: {e.Message} ({e.Hint})");
        }

        return Failed;
    }

    private static string Table(IEnumerable<ProbeAnswer> answers)
    {
        var table = new TextTable("FROM", "TO", "PROTOCOL", "PORT", "VERDICT", "EGRESS", "INGRESS");
        foreach (var answer in answers)
            table.Add(answer.Probe.From, answer.Probe.To, answer.Probe.Protocol, answer.Probe.Port, answer.Word, answer.Egress.ToString(), answer.Ingress.ToString());
        return table.ToString();
    }
}
