using Terwayd.CommandLine;

namespace Terwayd.PolicyTool;

/// <summary>What <c>policy eval</c> is asked.</summary>
internal sealed record EvalArguments(IReadOnlyList<string> Manifests, string Probes, ShowOutput Output);

/// <summary>What <c>policy explain</c> is asked.</summary>
internal sealed record ExplainArguments(IReadOnlyList<string> Manifests, PolicyProbe Probe);

/// <summary>What <c>policy render</c> is asked.</summary>
internal sealed record RenderArguments(IReadOnlyList<string> Manifests, IReadOnlyList<RenderedEndpoint> Endpoints);

/// <summary>What <c>policy lint</c> is asked.</summary>
internal sealed record LintArguments(IReadOnlyList<string> Manifests, ShowOutput Output);
