using System.Net;
using Terway.Policy;

namespace Terwayd.PolicyTool;

/// <summary>A probe with the verdict on it and what decided in each direction.</summary>
internal sealed record ProbeAnswer(PolicyProbe Probe, Packet Packet, PacketVerdict Verdict)
{
    internal PolicyDecision Egress => PolicyDecision.Of(Verdict.Egress);

    internal PolicyDecision Ingress => PolicyDecision.Of(Verdict.Ingress);

    internal string Word => Verdict.IsAllowed ? "allow" : "deny";
}
