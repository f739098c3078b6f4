using System.Text.Json;

namespace Terwayd.PolicyTool;

/// <summary>A question: may packets of this kind get from here to there?</summary>
/// <param name="From"><c>namespace/pod</c>, <c>node/NAME</c>, <c>vpc</c> or an address.</param>
/// <param name="To">The same.</param>
/// <param name="Protocol">TCP, UDP, SCTP, ICMP, or another by its number.</param>
/// <param name="Port">A number, or the name of a port of the destination's; null where the protocol has none.</param>
internal sealed record PolicyProbe(string From, string To, string Protocol, string? Port)
{
    /// <summary>The probe as the file writes it, which the result repeats.</summary>
    internal JsonElement Written { get; init; }
}
