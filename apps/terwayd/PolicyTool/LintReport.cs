using System.Text;
using System.Text.Json;
using Terway.Policy;
using Terway.Policy.Manifests;

namespace Terwayd.PolicyTool;

/// <summary>What was found in manifests: first what cannot be taken as it is written, then what is probably not meant.</summary>
internal static class LintReport
{
    private const string Invalid = "Invalid";

    internal static string Text(IReadOnlyCollection<FileProblem> problems, IReadOnlyCollection<LintFinding> findings)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
            text.Append($"{problem}\n");
        foreach (var finding in findings)
            text.Append($"{finding.Policy}: {finding.Field}: {finding.Code}\n    {finding.Reason}\n    {finding.Hint}\n");
        var count = problems.Count + findings.Count;
        return text.Append(count == 0 ? "nothing found\n" : $"{count} found\n").ToString();
    }

    internal static string Json(IEnumerable<FileProblem> problems, IEnumerable<LintFinding> findings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var (path, problem) in problems)
                Write(json, Invalid, problem.Subject, problem.Field, problem.Reason, problem.Effect is ProblemEffect.ObjectRefused ? "the object is refused" : "this part is ignored", path);
            foreach (var finding in findings)
                Write(json, finding.Code.ToString(), finding.Policy.ToString(), finding.Field, finding.Reason, finding.Hint, file: null);
            json.WriteEndArray();
        }

        return $"{Encoding.UTF8.GetString(buffer.ToArray())}\n";
    }

    private static void Write(Utf8JsonWriter json, string code, string subject, string field, string reason, string hint, string? file)
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("policy", subject);
        json.WriteString("field", field);
        json.WriteString("reason", reason);
        json.WriteString("hint", hint);
        if (file is not null)
            json.WriteString("file", file);
        json.WriteEndObject();
    }
}
