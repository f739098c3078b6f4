using System.Net.Sockets;
using System.Text;
using Terway.Policy;

namespace Terwayd.PolicyTool;

/// <summary>An answer in words: what was asked, in order, and what would help where it is denied.</summary>
internal static class Explanation
{
    internal static string Of(ProbeAnswer answer)
    {
        var packet = answer.Packet;
        var port = packet.Protocol.HasPorts ? $" port {packet.DestinationPort}" : "";
        var text = new StringBuilder()
            .Append($"{Name(answer.Probe.From, packet.Source)} to {Name(answer.Probe.To, packet.Destination)}, {packet.Protocol}{port}: ")
            .Append(answer.Verdict.IsAllowed ? "allowed\n" : "denied\n");
        if (packet.Source.Equals(packet.Destination))
            return text.Append("\nA pod's packets to itself do not leave it.\n").ToString();
        Write(text, "egress", answer.Probe.From, answer.Verdict.Egress);
        Write(text, "ingress", answer.Probe.To, answer.Verdict.Ingress);
        return text.ToString();
    }

    private static string Name(string name, System.Net.IPAddress address) => name == address.ToString() ? name : $"{name} ({address})";

    private static void Write(StringBuilder text, string direction, string end, DirectionVerdict? verdict)
    {
        text.Append($"\n{direction} of {end}: ");
        if (verdict is null)
        {
            text.Append("not governed\n  it is not a pod with a network of its own\n");
            return;
        }

        text.Append(verdict.IsAllowed ? "allowed\n" : "denied\n");
        foreach (var step in verdict.Steps)
            text.Append($"  {step}\n");
        if (PolicyDecision.Of(verdict) is { IsolatedBy: { IsEmpty: false } isolating })
            text.Append($"  to allow it, a rule that matches this packet is needed in one of them, or in another policy of tier {verdict.Decision.Tier} that selects {PolicyDecision.PolicyName(verdict.Pod)}: {string.Join(", ", isolating)}\n");
    }
}
