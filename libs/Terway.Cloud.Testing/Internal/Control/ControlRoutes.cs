using System.Globalization;
using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Everything that the control endpoint takes: one row each.</summary>
internal static class ControlRoutes
{
    internal static ControlRoute[] For(CloudEmulator emulator) =>
    [
        Now("GET", "/state", "what is true now: instances, vSwitches, ENIs and their addresses", _ => ControlState.Show(emulator)),
        Now("GET", "/calls", "the latest calls; ?after=SEQUENCE and ?action=NAME narrow it", r => ControlState.Calls(emulator, After(r), r.Query["action"].FirstOrDefault())),
        Now("GET", "/faults", "the fault rules, how often each matched and struck", _ => ControlState.Faults(emulator)),
        Now("POST", "/faults", "adds a fault rule or a list of them", r => AddFaults(emulator, r)),
        Now("DELETE", "/faults", "takes every fault rule away", _ =>
        {
            emulator.Faults.Clear();
            return ControlState.Faults(emulator);
        }),
        Now("DELETE", "/faults/{id}", "takes one fault rule away", r => Found(emulator.Faults.Remove(r.Parts[0]), "fault rule", r.Parts[0])),
        Now("GET", "/latencies", "how long things take", _ => LatencyJson.Show(emulator.Latencies)),
        Now("PUT", "/latencies", "changes how long things take: {\"profile\": \"none|realistic|degraded\"}, or ranges in seconds", r =>
            LatencyJson.Show(emulator.Latencies = LatencyJson.Change(emulator.Latencies, r.Body))),
        Now("PUT", "/limits/{action}", "calls of an action a minute: {\"callsPerMinute\": N}", r => Done(() => emulator.SetActionLimit(r.Parts[0], Whole(r, "callsPerMinute")))),
        Now("PUT", "/quota", "ENIs of the account: {\"maxEnis\": N}", r => Done(() => emulator.MaxEniCount = Whole(r, "maxEnis"))),
        Now("PUT", "/permissions/{action}", "whether anybody may call an action: {\"allowed\": true|false}", r => Done(() => Permit(emulator, r))),
        Now("PUT", "/vswitches/{id}/free", "others take or give back addresses until so many are free: {\"count\": N}", r =>
            new JsonObject { ["free"] = emulator.LeaveFreeAddresses(new VSwitchId(r.Parts[0]), Whole(r, "count")) }),
        Now("PUT", "/instances/{id}/status", "the state of an instance: {\"status\": \"Stopped\"}", r =>
            Done(() => emulator.SetInstanceStatus(new InstanceId(r.Parts[0]), new InstanceStatus(ControlJson.RequiredText(r.Body, "status"))))),
        Now("POST", "/enis/{id}/complete", "completes an attach, detach or delete that hangs", r =>
            Found(emulator.CompleteTransition(new EniId(r.Parts[0])), "ENI on its way", r.Parts[0])),
        new("DELETE", "/enis/{id}", "an ENI vanishes as if somebody had detached and deleted it", async r =>
            Found(await emulator.RemoveInterfaceAsync(new EniId(r.Parts[0])).ConfigureAwait(false), "ENI", r.Parts[0])),
        Now("POST", "/credentials/expire", "ends every temporary key", _ => new JsonObject { ["expired"] = emulator.ExpireTemporaryKeys() }),
        Now("DELETE", "/credentials/{accessKeyId}", "revokes an access key", r => Found(emulator.RevokeAccessKey(r.Parts[0]), "access key", r.Parts[0])),
    ];

    private static ControlRoute Now(string method, string path, string what, Func<ControlRequest, JsonNode> run) =>
        new(method, path, what, request => Task.FromResult(run(request)));

    private static long After(ControlRequest request)
    {
        if (request.Query["after"].FirstOrDefault() is not { } text)
            return -1;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : throw new FormatException("after is a call's sequence number.");
    }

    private static JsonObject AddFaults(CloudEmulator emulator, ControlRequest request)
    {
        // All are read before the first is added: a list is taken whole or not at all.
        var rules = FaultRuleJson.Read(request.Body);
        return new JsonObject { ["ids"] = new JsonArray([.. rules.Select(rule => JsonValue.Create(emulator.Faults.Add(rule)))]) };
    }

    private static void Permit(CloudEmulator emulator, ControlRequest request)
    {
        if (ControlJson.Flag(request.Body, "allowed") ?? throw new FormatException("allowed is missing."))
            emulator.AllowAction(request.Parts[0]);
        else
            emulator.DenyAction(request.Parts[0]);
    }

    private static int Whole(ControlRequest request, string name)
    {
        ControlJson.CheckNames(request.Body, [name]);
        return ControlJson.RequiredInteger(request.Body, name) is >= 0 and var number ? number : throw new FormatException($"{name} is 0 or more.");
    }

    private static JsonObject Done(Action act)
    {
        act();
        return new JsonObject { ["done"] = true };
    }

    private static JsonObject Found(bool found, string what, string id) =>
        found ? new JsonObject { ["done"] = true } : throw new KeyNotFoundException($"There is no {what} {id}.");
}
