using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The metadata of one instance as paths below <c>latest/</c>.</summary>
internal sealed class MetadataTree
{
    private readonly SortedDictionary<string, string> _leaves = new(StringComparer.Ordinal);

    private MetadataTree()
    {
    }

    /// <summary>What an instance may see now; under no lock.</summary>
    internal static MetadataTree Of(CloudEmulator emulator, InstanceId id)
    {
        var tree = new MetadataTree();
        var identity = InstanceView.Identity(emulator.World, id);
        lock (emulator.World.Gate)
        {
            var instance = emulator.World.Instance(id);
            tree.AddInstance(emulator, instance, identity);
            foreach (var eni in instance.Published)
                tree.AddInterface(emulator, identity, eni);
        }
        return tree;
    }

    /// <summary>The body of a leaf, or the children of a directory, or null.</summary>
    internal string? Find(string path)
    {
        if (_leaves.TryGetValue(path, out var body))
            return body;
        var directory = path.Length == 0 || path.EndsWith('/') ? path : path + "/";
        var children = _leaves.Keys.Where(k => k.StartsWith(directory, StringComparison.Ordinal))
            .Select(k => ChildOf(k, directory)).Distinct(StringComparer.Ordinal).ToList();
        return children.Count == 0 ? null : string.Join('\n', children);
    }

    private static string ChildOf(string path, string directory)
    {
        var end = path.IndexOf('/', directory.Length);
        return end < 0 ? path[directory.Length..] : path[directory.Length..(end + 1)];
    }

    private void AddInstance(CloudEmulator emulator, InstanceEntry instance, InstanceIdentity identity)
    {
        var primary = emulator.World.Eni(instance.PrimaryEni).Value;
        Meta("instance-id", instance.Id.Value);
        Meta("instance/instance-type", identity.InstanceType.Value);
        Meta("instance/instance-name", instance.Spec.Name);
        Meta("region-id", identity.RegionId.Value);
        Meta("zone-id", identity.ZoneId.Value);
        Meta("vpc-id", identity.VpcId.Value);
        Meta("vpc-cidr-block", identity.VpcCidr.ToString());
        Meta("vswitch-id", identity.VSwitchId.Value);
        Meta("vswitch-cidr-block", emulator.World.VSwitch(identity.VSwitchId).Ipv4.Cidr.ToString());
        Meta("network-type", "vpc");
        Meta("owner-account-id", emulator.Options.AccountId);
        Meta("mac", EniShape.Mac(primary.MacAddress));
        Meta("private-ipv4", primary.PrimaryIpAddress.ToString());
        foreach (var tag in instance.Tags)
            Meta("tags/instance/" + tag.Key, tag.Value);
        if (instance.Spec.RoleName is { } role && emulator.Keys.CredentialOf(role) is { } credential)
            Meta("ram/security-credentials/" + role, RoleBody(credential));
        _leaves["dynamic/instance-identity/document"] = new JsonObject
        {
            ["instance-id"] = instance.Id.Value,
            ["instance-type"] = identity.InstanceType.Value,
            ["region-id"] = identity.RegionId.Value,
            ["zone-id"] = identity.ZoneId.Value,
            ["owner-account-id"] = emulator.Options.AccountId,
            ["mac"] = EniShape.Mac(primary.MacAddress),
            ["private-ipv4"] = primary.PrimaryIpAddress.ToString(),
        }.ToJsonString();
    }

    private void AddInterface(CloudEmulator emulator, InstanceIdentity identity, MetadataInterface eni)
    {
        var folder = $"network/interfaces/macs/{EniShape.Mac(eni.MacAddress)}/";
        var all = eni.SecondaryIpAddresses.Prepend(eni.PrimaryIpAddress);
        Meta(folder + "network-interface-id", eni.Id.Value);
        Meta(folder + "primary-ip-address", eni.PrimaryIpAddress.ToString());
        Meta(folder + "private-ipv4s", $"[{string.Join(',', all.Select(a => $"\"{a}\""))}]");
        Meta(folder + "netmask", Netmask(eni.VSwitchCidr.PrefixLength));
        Meta(folder + "gateway", eni.Gateway.ToString());
        Meta(folder + "vswitch-id", eni.VSwitchId.Value);
        Meta(folder + "vswitch-cidr-block", eni.VSwitchCidr.ToString());
        Meta(folder + "vpc-id", identity.VpcId.Value);
        Meta(folder + "vpc-cidr-block", emulator.World.Vpcs[identity.VpcId].Cidr.ToString());
        if (!eni.Ipv4Prefixes.IsEmpty)
            Meta(folder + "ipv4-prefixes", $"[{string.Join(',', eni.Ipv4Prefixes)}]");
        if (!eni.Ipv6Prefixes.IsEmpty)
            Meta(folder + "ipv6-prefixes", $"[{string.Join(',', eni.Ipv6Prefixes)}]");
        // Without quotes, and absent when there is none.
        if (!eni.Ipv6Addresses.IsEmpty)
            Meta(folder + "ipv6s", $"[{string.Join(',', eni.Ipv6Addresses)}]");
        if (eni.VSwitchIpv6Cidr is { } cidr)
            Meta(folder + "vswitch-ipv6-cidr-block", cidr.ToString());
        if (eni.Ipv6Gateway is { } gateway)
            Meta(folder + "ipv6-gateway", gateway.ToString());
    }

    private void Meta(string path, string body) => _leaves["meta-data/" + path] = body;

    private static string RoleBody(RoleCredential role) => new JsonObject
    {
        ["AccessKeyId"] = role.Credential.AccessKeyId,
        ["AccessKeySecret"] = role.Credential.AccessKeySecret,
        ["Expiration"] = Time(role.Credential.Expiration!.Value),
        ["SecurityToken"] = role.Credential.SecurityToken,
        ["LastUpdated"] = Time(role.LastUpdated),
        ["Code"] = "Success",
    }.ToJsonString();

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private static string Netmask(int prefixLength)
    {
        var mask = uint.MaxValue << (32 - prefixLength);
        return $"{mask >> 24}.{(mask >> 16) & 0xff}.{(mask >> 8) & 0xff}.{mask & 0xff}";
    }
}
