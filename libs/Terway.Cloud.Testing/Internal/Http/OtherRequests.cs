namespace Terway.Cloud.Testing.Internal;

/// <summary>Makes the seam's other requests of parameters.</summary>
internal static class OtherRequests
{
    private const int MaxTypes = 10;
    private const int MaxIds = 100;

    internal static EquatableArray<InstanceTypeId> Types(ParameterReader p)
    {
        var types = p.List("InstanceTypes", t => new InstanceTypeId(t));
        return types.Count > MaxTypes ? throw Refusal.Invalid("InstanceTypes", $"at most {MaxTypes}") : types;
    }

    internal static InstanceQuery Instances(ParameterReader p) => new()
    {
        Ids = Bounded(p.JsonList("InstanceIds", id => new InstanceId(id)), "InstanceIds"),
        VpcId = p.Text("VpcId") is { } vpc ? new VpcId(vpc) : null,
        ZoneId = p.Text("ZoneId") is { } zone ? new ZoneId(zone) : null,
        Tags = p.Tags(),
    };

    internal static SecurityGroupQuery Groups(ParameterReader p) => new()
    {
        Ids = Bounded(p.JsonList("SecurityGroupIds", id => new SecurityGroupId(id)), "SecurityGroupIds"),
        VpcId = p.Text("VpcId") is { } vpc ? new VpcId(vpc) : null,
        Tags = p.Tags(),
    };

    internal static VSwitchQuery VSwitches(ParameterReader p) => new()
    {
        Id = p.Text("VSwitchId") is { } id ? new VSwitchId(id) : null,
        VpcId = p.Text("VpcId") is { } vpc ? new VpcId(vpc) : null,
        ZoneId = p.Text("ZoneId") is { } zone ? new ZoneId(zone) : null,
        Tags = p.Tags(),
    };

    internal static TagResourcesRequest Tag(ParameterReader p) => new(p.Required("ResourceType"), p.List("ResourceId", id => id), p.Tags());

    internal static AssumeRoleRequest AssumeRole(ParameterReader p) => new(
        p.Required("RoleArn"), p.Required("OIDCProviderArn"), p.Required("OIDCToken"), p.Required("RoleSessionName"),
        TimeSpan.FromSeconds(p.Int("DurationSeconds") ?? 3600), p.Text("Policy"));

    private static EquatableArray<T> Bounded<T>(EquatableArray<T> items, string name) =>
        items.Count > MaxIds ? throw Refusal.Invalid(name, $"at most {MaxIds}") : items;
}
