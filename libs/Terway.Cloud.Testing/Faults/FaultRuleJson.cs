using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Testing;

/// <summary>Fault rules as JSON: what the control endpoint takes and what files of rules hold.</summary>
public static class FaultRuleJson
{
    private static readonly string[] Fields = ["fault", "seconds", "status", "code", "action", "about", "skip", "times", "share", "forSeconds", "note"];

    /// <summary>Every kind of fault by its name, and what it needs.</summary>
    private static readonly Dictionary<string, Func<JsonElement, EmulatedFault>> Kinds = new(StringComparer.Ordinal)
    {
        [EmulatedFault.LoseRequest.Kind] = _ => EmulatedFault.LoseRequest,
        [EmulatedFault.LoseReply.Kind] = _ => EmulatedFault.LoseReply,
        [EmulatedFault.TimeOut(default).Kind] = body => EmulatedFault.TimeOut(ControlJson.Seconds(body, "seconds") ?? TimeSpan.FromMinutes(1)),
        [EmulatedFault.Throttle.Kind] = _ => EmulatedFault.Throttle,
        [EmulatedFault.VSwitchFull.Kind] = _ => EmulatedFault.VSwitchFull,
        [EmulatedFault.EniQuota.Kind] = _ => EmulatedFault.EniQuota,
        [EmulatedFault.PermissionRevoked.Kind] = _ => EmulatedFault.PermissionRevoked,
        [EmulatedFault.CredentialExpired.Kind] = _ => EmulatedFault.CredentialExpired,
        [EmulatedFault.Refuse(0, "").Kind] = body => EmulatedFault.Refuse(StatusOf(body), ControlJson.RequiredText(body, "code")),
        [EmulatedFault.RefuseAfterEffect(0, "").Kind] = body => EmulatedFault.RefuseAfterEffect(StatusOf(body), ControlJson.RequiredText(body, "code")),
        [EmulatedFault.Duplicate.Kind] = _ => EmulatedFault.Duplicate,
        [EmulatedFault.Delay(default).Kind] = body => EmulatedFault.Delay(RequiredSeconds(body)),
        [EmulatedFault.Stale(default).Kind] = body => EmulatedFault.Stale(RequiredSeconds(body)),
        [EmulatedFault.FailTransition.Kind] = _ => EmulatedFault.FailTransition,
        [EmulatedFault.StickTransition().Kind] = body => EmulatedFault.StickTransition(ControlJson.Seconds(body, "seconds")),
    };

    /// <summary>The names of the kinds of fault.</summary>
    public static ImmutableArray<string> FaultKinds => [.. Kinds.Keys];

    /// <summary>Reads one rule or a list of them.</summary>
    /// <param name="json">A JSON object, or an array of such.</param>
    /// <exception cref="FormatException">It is no rule: the message names the field and what was expected.</exception>
    public static ImmutableArray<FaultRule> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"The rules are no JSON: {failure.Message}", failure);
        }
    }

    internal static ImmutableArray<FaultRule> Read(JsonElement body) =>
        body.ValueKind == JsonValueKind.Array ? [.. body.EnumerateArray().Select(ReadOne)] : [ReadOne(body)];

    internal static JsonObject Show(FaultRule rule)
    {
        var shown = new JsonObject { ["fault"] = rule.Fault.Kind, ["action"] = rule.Action };
        if (rule.Fault.Time is { } time)
            shown["seconds"] = time.TotalSeconds;
        if (rule.Fault.Status is { } status)
            shown["status"] = status;
        if (rule.Fault.Code.Length > 0)
            shown["code"] = rule.Fault.Code;
        if (rule.About is { } about)
            shown["about"] = about;
        if (rule.Skip > 0)
            shown["skip"] = rule.Skip;
        if (rule.Times is { } times)
            shown["times"] = times;
        if (rule.Share < 1)
            shown["share"] = rule.Share;
        if (rule.For is { } length)
            shown["forSeconds"] = length.TotalSeconds;
        if (rule.Note.Length > 0)
            shown["note"] = rule.Note;
        return shown;
    }

    private static FaultRule ReadOne(JsonElement body)
    {
        ControlJson.CheckNames(body, Fields);
        var kind = ControlJson.RequiredText(body, "fault");
        if (!Kinds.TryGetValue(kind, out var make))
            throw new FormatException($"'{kind}' is no fault; the faults are {string.Join(", ", Kinds.Keys)}.");
        var rule = new FaultRule
        {
            Fault = make(body),
            Action = ControlJson.Text(body, "action") ?? "*",
            About = ControlJson.Text(body, "about"),
            Skip = ControlJson.Integer(body, "skip") ?? 0,
            Times = ControlJson.Integer(body, "times"),
            Share = ControlJson.Number(body, "share") ?? 1,
            For = ControlJson.Seconds(body, "forSeconds"),
            Note = ControlJson.Text(body, "note") ?? "",
        };
        return rule.Validate() is { Count: > 0 } errors ? throw new FormatException($"The fault rule: {string.Join("; ", errors)}.") : rule;
    }

    private static int StatusOf(JsonElement body) =>
        ControlJson.RequiredInteger(body, "status") is var status && status is >= 400 and <= 599 ? status : throw new FormatException("status is 400 to 599.");

    private static TimeSpan RequiredSeconds(JsonElement body) => ControlJson.Seconds(body, "seconds") ?? throw new FormatException("seconds is missing.");
}
