using System.Text;
using System.Text.Json;
using Terway.Policy;

namespace Terwayd.PolicyTool;

/// <summary>Answers as a JSON array: each probe as it is written, with what was found.</summary>
internal static class AnswerJson
{
    private static readonly string[] Own = ["verdict", "egress", "ingress"];

    internal static string Write(IEnumerable<ProbeAnswer> answers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var answer in answers)
                Write(json, answer);
            json.WriteEndArray();
        }

        return $"{Encoding.UTF8.GetString(buffer.ToArray())}\n";
    }

    private static void Write(Utf8JsonWriter json, ProbeAnswer answer)
    {
        json.WriteStartObject();
        foreach (var property in answer.Probe.Written.EnumerateObject().Where(p => !Own.Contains(p.Name, StringComparer.Ordinal)))
            property.WriteTo(json);
        json.WriteString("verdict", answer.Word);
        Write(json, "egress", answer.Egress);
        Write(json, "ingress", answer.Ingress);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string direction, PolicyDecision decision)
    {
        if (decision.Policy is not { } policy)
        {
            json.WriteString(direction, "default");
            return;
        }

        json.WriteStartObject(direction);
        json.WriteString("tier", decision.Tier);
        json.WriteString("policy", PolicyDecision.PolicyName(policy));
        json.WriteString("kind", policy.Kind.ToString());
        if (decision.Rule is { } rule)
        {
            json.WriteNumber("rule", rule);
        }
        else
        {
            json.WriteNull("rule");
            json.WriteStartArray("isolatedBy");
            foreach (var isolating in decision.IsolatedBy)
                json.WriteStringValue(PolicyDecision.PolicyName(isolating));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
