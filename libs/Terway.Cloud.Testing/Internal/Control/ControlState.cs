using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>What is true in an emulator, and what happened, as JSON.</summary>
internal static class ControlState
{
    internal static JsonObject Show(CloudEmulator emulator)
    {
        var enis = emulator.Interfaces;
        return new JsonObject
        {
            ["time"] = Time(emulator.Options.TimeProvider.GetUtcNow()),
            ["region"] = emulator.Options.RegionId.Value,
            ["maxEnis"] = emulator.MaxEniCount,
            ["deniedActions"] = new JsonArray([.. emulator.DeniedActions.Select(a => JsonValue.Create(a))]),
            ["instances"] = new JsonArray([.. emulator.Instances.Select(i => Instance(i, enis))]),
            ["vSwitches"] = new JsonArray([.. emulator.VSwitches.Select(VSwitch)]),
            ["enis"] = new JsonArray([.. enis.Select(Eni)]),
        };
    }

    internal static JsonObject Eni(NetworkInterface eni) => new()
    {
        ["id"] = eni.Id.Value,
        ["type"] = eni.Type.Value,
        ["status"] = eni.Status.Value,
        ["mac"] = EniShape.Mac(eni.MacAddress),
        ["instance"] = eni.Attachment?.InstanceId.Value,
        ["trunk"] = eni.Attachment?.TrunkEniId?.Value,
        ["vSwitch"] = eni.VSwitchId.Value,
        ["primaryAddress"] = eni.PrimaryIpAddress.ToString(),
        ["secondaryAddresses"] = Texts(eni.SecondaryIpAddresses),
        ["ipv6Addresses"] = Texts(eni.Ipv6Addresses),
        ["ipv4Prefixes"] = Texts(eni.Ipv4Prefixes),
        ["ipv6Prefixes"] = Texts(eni.Ipv6Prefixes),
        ["securityGroups"] = Texts(eni.SecurityGroupIds),
        ["tags"] = new JsonObject(eni.Tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
        ["description"] = eni.Description,
        ["created"] = eni.CreationTime is { } created ? Time(created) : null,
    };

    internal static JsonObject Calls(CloudEmulator emulator, long after, string? action) => new()
    {
        ["calls"] = new JsonArray([.. emulator.Calls.Where(c => c.Call.Sequence > after && (action is null || c.Call.Action == action)).Select(Call)]),
    };

    internal static JsonObject Faults(CloudEmulator emulator) => new()
    {
        ["faults"] = new JsonArray([.. emulator.Faults.Rules.Select(Fault)]),
    };

    private static JsonObject Fault(FaultRuleState state) => new()
    {
        ["id"] = state.Id,
        ["rule"] = FaultRuleJson.Show(state.Rule),
        ["since"] = Time(state.Since),
        ["matched"] = state.Matched,
        ["fired"] = state.Fired,
        ["inForce"] = state.InForce,
    };

    private static JsonObject Call(EmulatedCallRecord record) => new()
    {
        ["sequence"] = record.Call.Sequence,
        ["time"] = Time(record.Call.Time),
        ["action"] = record.Call.Action,
        ["request"] = $"{record.Call.Request}",
        ["requestId"] = record.RequestId.Value,
        ["error"] = record.ErrorCode,
        ["answered"] = !record.ReplyLost,
        ["fault"] = record.Fault?.Kind,
        ["rule"] = record.FaultRuleId,
    };

    private static JsonObject VSwitch(VSwitch vSwitch) => new()
    {
        ["id"] = vSwitch.Id.Value,
        ["zone"] = vSwitch.ZoneId.Value,
        ["cidr"] = vSwitch.Cidr.ToString(),
        ["ipv6Cidr"] = vSwitch.Ipv6Cidr?.ToString(),
        ["freeAddresses"] = vSwitch.AvailableIpAddressCount,
    };

    private static JsonObject Instance(Instance instance, IEnumerable<NetworkInterface> enis) => new()
    {
        ["id"] = instance.Id.Value,
        ["type"] = instance.InstanceType.Value,
        ["status"] = instance.Status.Value,
        ["enis"] = enis.Count(e => e.Attachment?.InstanceId == instance.Id),
    };

    private static JsonArray Texts<T>(EquatableArray<T> items) => new([.. items.Select(i => JsonValue.Create($"{i}"))]);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
