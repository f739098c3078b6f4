using System.Globalization;
using System.Text;
using Terwayd.Enforcement;

namespace Terwayd.Show;

/// <summary>Network policy in force as tables for people.</summary>
internal static class PolicyTables
{
    internal static string Policy(PolicyRow policy)
    {
        var text = new StringBuilder();
        var facts = new TextTable("NODE", "POLICY", "REVISION", "SINCE", "VERIFIED", "REPAIRS", "WAITS", "LAST", "LONGEST");
        facts.Add(
            policy.Node, policy.State, policy.Revision, Time(policy.Since), Time(policy.Verified),
            policy.Repairs?.ToString(CultureInfo.InvariantCulture), policy.Waits?.Count.ToString(CultureInfo.InvariantCulture),
            Milliseconds(policy.Waits?.LastMs), Milliseconds(policy.Waits?.LongestMs));
        text.Append(facts);
        if (policy.Reason is { } reason)
            text.Append($"\n{reason}\n");

        if (policy.Endpoints.Count > 0)
        {
            var pods = new TextTable("POD", "INTERFACE", "ADDRESSES", "INGRESS", "EGRESS", "SINCE");
            foreach (var pod in policy.Endpoints)
                pods.Add(pod.Pod, pod.Interface, string.Join(',', pod.Addresses), Policies(pod.Ingress), Policies(pod.Egress), Time(pod.Since));
            text.Append('\n').Append(pods);
        }

        if (policy.Refused.Count > 0)
        {
            var refused = new TextTable("REFUSED", "OF", "CODE", "WHY", "HINT");
            foreach (var part in policy.Refused)
                refused.Add(part.Subject, part.Object, part.Code, part.Reason, part.Hint);
            text.Append('\n').Append(refused);
        }

        return text.ToString();
    }

    private static string Policies(IReadOnlyList<string> policies) => policies.Count == 0 ? "open" : string.Join(", ", policies);

    private static string? Milliseconds(double? milliseconds) =>
        milliseconds is > 0 ? $"{milliseconds.Value.ToString("0.0", CultureInfo.InvariantCulture)} ms" : null;

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
