using System.Net;
using Terway.Sandbox.Manifests;

namespace Terway.Sandbox.Probes;

/// <summary>The names that probes may use, checked before anything is built.</summary>
internal sealed class ProbeNames(IEnumerable<PodName> pods, IEnumerable<string> nodes)
{
    public const string VpcHost = "vpc";
    public const string NodePrefix = "node/";

    private readonly HashSet<string> _known = [.. pods.Select(p => p.ToString()), .. nodes.Select(n => NodePrefix + n), VpcHost];

    /// <summary>Refuses probes that name what will not be there.</summary>
    public void Check(IReadOnlyList<Probe> probes)
    {
        foreach (var (i, probe) in probes.Index())
        {
            foreach (var name in IPAddress.TryParse(probe.To, out _) ? new[] { probe.From } : [probe.From, probe.To])
            {
                if (!_known.Contains(name) && !_known.Contains($"{PodName.DefaultNamespace}/{name}"))
                    throw new SandboxException($"Probe {i}: there is no '{name}'; there are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }
        }
    }
}
