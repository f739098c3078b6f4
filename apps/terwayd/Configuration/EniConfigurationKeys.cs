using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Terway.Ipam;
using Terwayd.Enforcement;

namespace Terwayd.Configuration;

/// <summary>
/// The keys of <c>eni_conf</c>, one row each. Keys that ask for what this daemon does not serve are known too: they are refused
/// where ignoring them would give pods a wrong network, and warned about where it would only leave a feature out.
/// </summary>
internal static class EniConfigurationKeys
{
    internal static FrozenDictionary<string, ConfigurationKey> ByName { get; } = new ConfigurationKey[]
    {
        new("version", (c, v) => c.Result.Version = v.Text()),
        new("access_key", (c, v) => c.Result.AccessKeyId = v.Text(), IsSecret: true),
        new("access_secret", (c, v) => c.Result.AccessKeySecret = v.Text(), IsSecret: true),
        new("service_cidr", ReadServiceNetworks),
        new("vswitches", (c, v) => c.Result.VSwitches = v.Map("an object of zone to list of vSwitch ids", e => e.Texts()) ?? c.Result.VSwitches),
        new("eni_tags", (c, v) => c.Result.EniTags = ReadTags(v) ?? c.Result.EniTags),
        new("eni_tag_filter", (c, v) => c.Result.EniTagFilter = ReadTags(v) ?? c.Result.EniTagFilter),
        new("eni_tag_block_list", (c, v) => c.Result.EniTagBlockList = ReadBlockList(v)),
        new("max_pool_size", (c, v) => c.Result.MaxPoolSize = v.Integer(minimum: 0) ?? 0),
        new("min_pool_size", (c, v) => c.Result.MinPoolSize = v.Integer(minimum: 0) ?? 0),
        new("min_eni", (c, v) => c.Result.MinEni = v.Integer(minimum: 0) ?? 0),
        new("max_eni", (c, v) => c.Result.MaxEni = v.Integer(minimum: 0) ?? 0),
        new("eni_cap_ratio", (c, v) => c.Result.EniCapRatio = ReadRatio(v)),
        new("eni_cap_shift", (c, v) => c.Result.EniCapShift = v.Integer() ?? 0),
        new("security_group", ReadSecurityGroup),
        new("security_groups", (c, v) => c.SecurityGroups.UnionWith(v.Texts() ?? [])),
        new("resource_group_id", (c, v) => c.Result.ResourceGroupId = Filled(v.Text())),
        new("vswitch_selection_policy", (c, v) => c.Result.VSwitchSelection = ReadVSwitchSelection(v.Text())),
        new("eni_selection_policy", (c, v) => c.Result.EniSelection = v.Text() is "least_ips" ? EniSelection.LeastIps : EniSelection.MostIps),
        new("idle_ip_reclaim_after", (c, v) => c.Result.IdleReclaimAfter = v.Duration() is { } after && after > TimeSpan.Zero ? after : null),
        new("idle_ip_reclaim_interval", (c, v) => c.Result.IdleReclaimInterval = Positive(v.Duration()) ?? c.Result.IdleReclaimInterval),
        new("idle_ip_reclaim_batch_size", (c, v) => c.Result.IdleReclaimBatch = v.Integer() is > 0 and var batch ? batch : c.Result.IdleReclaimBatch),
        new("idle_ip_reclaim_jitter_factor", ReadReclaimJitter),
        new("ip_warm_up_size", (c, v) => c.Result.WarmUpSize = v.Integer(minimum: 0) ?? 0),
        new("ip_pool_sync_period", ReadSyncPeriod),
        new("ip_rest_period", (c, v) => c.Result.AddressRest = v.Duration()),
        new("rate_limit", ReadRateLimits),
        new("network_policy_timeout", (c, v) => c.Result.PolicyPatience = v.Duration() is { } patience && patience > TimeSpan.Zero ? patience : c.Result.PolicyPatience),
        new("network_policy_fallback", ReadPolicyFallback),
        new("ip_stack", ReadStack),
        new("ipam_type", (_, v) => Require(v, v.Text(), [""], "addresses come from the node's own pool; remove the key")),
        new("enable_ip_prefix", (_, v) => RefuseFlag(v, "prefixes are not served")),
        new("credential_path", (c, v) => c.Result.CredentialPath = Filled(v.Text()) ?? c.Result.CredentialPath),
        new("backoff_override", BackoffOverride.Read),
        new("enable_eni_trunking", (c, v) => IgnoreFlag(c, v, "trunk ENIs are not served")),
        new("enable_erdma", (c, v) => IgnoreFlag(c, v, "ERDMA is not served")),
        new("ipv4_prefix_count", (_, v) => v.Integer()),
        new("ipv6_prefix_count", (_, v) => v.Integer()),
        new("region_id", (_, v) => v.Text()),
        new("prefix", (_, v) => v.Text()),
        new("disable_device_plugin", (_, v) => v.Flag()),
        new("enable_patch_pod_ips", (_, v) => v.Flag()),
        new("kube_client_qps", (_, v) => v.Number(minimum: 0)),
        new("kube_client_burst", (_, v) => v.Integer()),
    }.ToFrozenDictionary(key => key.Name, StringComparer.Ordinal);

    private static void ReadSecurityGroup(EniConfigurationDraft draft, ConfigurationValue value)
    {
        if (Filled(value.Text()) is { } group)
            draft.SecurityGroups.Add(group);
    }

    private static IReadOnlyDictionary<string, string>? ReadTags(ConfigurationValue value) =>
        value.Map("an object of tag to text", entry => entry.Text());

    /// <summary>Zero means the default, as in upstream.</summary>
    private static double ReadRatio(ConfigurationValue value) => value.Number(minimum: 0) is > 0 and var ratio ? ratio : 1;

    private static void ReadPolicyFallback(EniConfigurationDraft draft, ConfigurationValue value)
    {
        Require(value, value.Text(), ["refuse", "closed"], "write refuse or closed");
        draft.Result.PolicyFallback = value.Text() is "closed" ? PolicyFallback.Closed : PolicyFallback.Refuse;
    }

    private static void ReadStack(EniConfigurationDraft draft, ConfigurationValue value)
    {
        var text = value.Text();
        Require(value, text, ["", "ipv4", "dual"], "only ipv4 and dual are served");
        if (text == "dual")
            draft.Result.Families = AddressFamilies.DualStack;
    }

    /// <summary>"ordered" is what upstream calls the choice by free addresses; the list's own order has a word of ours.</summary>
    private static VSwitchSelection ReadVSwitchSelection(string? text) => text switch
    {
        "ordered" or "most" => VSwitchSelection.Most,
        "in_order" => VSwitchSelection.Ordered,
        _ => VSwitchSelection.Random,
    };

    private static List<KeyValuePair<string, string>> ReadBlockList(ConfigurationValue value) =>
    [
        .. (value.Objects("a list of objects with the texts key and value", entry => entry.Map("an object with the texts key and value", e => e.Text())) ?? [])
            .Select(entry => KeyValuePair.Create(entry.GetValueOrDefault("key", ""), entry.GetValueOrDefault("value", "")))
            .Where(tag => tag.Key.Length > 0)
            .Distinct(),
    ];

    /// <summary>Upstream writes the number as a text; what is no number above zero means the default.</summary>
    private static void ReadReclaimJitter(EniConfigurationDraft draft, ConfigurationValue value)
    {
        if (value.Text() is not { Length: > 0 } text)
            return;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var jitter) && jitter is > 0 and <= 1)
            draft.Result.IdleReclaimJitter = jitter;
        else
            draft.Warnings.Add($"idle_ip_reclaim_jitter_factor: \"{text}\" is no number above 0 and at most 1; {draft.Result.IdleReclaimJitter.ToString(CultureInfo.InvariantCulture)} is used");
    }

    private static TimeSpan? Positive(TimeSpan? duration) => duration > TimeSpan.Zero ? duration : null;

    private static void ReadSyncPeriod(EniConfigurationDraft draft, ConfigurationValue value)
    {
        if (value.Text() is not { Length: > 0 } text)
            return;
        if (GoDuration.TryParse(text, out var period) && period > TimeSpan.Zero)
            draft.Result.PoolSyncPeriod = period;
        else
            draft.Warnings.Add($"ip_pool_sync_period: \"{text}\" is no duration; {draft.Result.PoolSyncPeriod.TotalSeconds} s are used");
    }

    private static void ReadRateLimits(EniConfigurationDraft draft, ConfigurationValue value)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        _ = value.Map("an object of API action to calls a minute", entry =>
        {
            if (entry.Integer(minimum: 1) is { } perMinute)
                limits[entry.Key[(value.Key.Length + 1)..]] = perMinute;
            return entry.Key;
        });
        draft.Result.RateLimits = limits;
    }

    private static void ReadServiceNetworks(EniConfigurationDraft draft, ConfigurationValue value)
    {
        IPNetwork? v4 = null;
        IPNetwork? v6 = null;
        foreach (var part in (value.Text() ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(part, out var network))
                value.Reject($"\"{part}\" is no network, expected addresses such as \"172.16.0.0/16\", one per family, separated by a comma");
            else if (network.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? v4 is not null : v6 is not null)
                value.Reject($"\"{part}\" is a second network of its family, expected one per family");
            else if (network.BaseAddress.AddressFamily is AddressFamily.InterNetwork)
                v4 = network;
            else
                v6 = network;
        }

        draft.Result.Services = new ServiceNetworks(v4, v6);
    }

    private static void Require(ConfigurationValue value, string? text, ReadOnlySpan<string> served, string reason)
    {
        if (text is not null && !served.Contains(text))
            value.Reject($"\"{text}\" is not served by this daemon: {reason}");
    }

    private static void RefuseFlag(ConfigurationValue value, string reason)
    {
        if (value.Flag() is true)
            value.Reject($"true is not served by this daemon: {reason}");
    }

    private static void IgnoreFlag(EniConfigurationDraft draft, ConfigurationValue value, string reason) =>
        IgnoreSet(draft, value, value.Flag() is true, reason);

    private static void IgnoreSet(EniConfigurationDraft draft, ConfigurationValue value, bool isSet, string reason)
    {
        if (isSet)
            draft.Warnings.Add($"{value.Key}: {value.Raw} has no effect: {reason}");
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
