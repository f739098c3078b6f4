using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Every action that is served: one row each.</summary>
internal static class RpcRoutes
{
    private const string Ecs = "2014-05-26";
    private const string Vpc = "2016-04-28";
    private const string Sts = "2015-04-01";

    internal static FrozenDictionary<string, RpcRoute> ByAction { get; } = new Dictionary<string, RpcRoute>
    {
        ["CreateNetworkInterface"] = RpcRoute.Of(Ecs, p => CallCatalog.Create(EniRequests.Create(p)), (eni, o) => EniShape.Created(eni, o.AccountId)),
        ["AttachNetworkInterface"] = Act(Ecs, p => CallCatalog.Attach(EniRequests.Attach(p))),
        ["DetachNetworkInterface"] = Act(Ecs, p => CallCatalog.Detach(EniRequests.Detach(p))),
        ["DeleteNetworkInterface"] = Act(Ecs, p => CallCatalog.Delete(EniRequests.Id(p))),
        ["ModifyNetworkInterfaceAttribute"] = Act(Ecs, p => CallCatalog.Modify(EniRequests.Modify(p))),
        ["DescribeNetworkInterfaces"] = RpcRoute.Paged(Ecs, p => CallCatalog.DescribeEniRows(EniRequests.Query(p)), PageRequest.ByToken(10, 500), EniPage),
        ["DescribeNetworkInterfaceAttribute"] = RpcRoute.Of(
            Ecs, p => CallCatalog.DescribeAttribute(EniRequests.Id(p), EniRequests.Attribute(p)), (row, o) => EniShape.Attribute(row, o.AccountId)),
        ["AssignPrivateIpAddresses"] = RpcRoute.Of(Ecs, p => CallCatalog.AssignIpv4(AddressRequests.AssignIpv4(p)), (a, _) => EniShape.AssignedIpv4(a)),
        ["UnassignPrivateIpAddresses"] = Act(Ecs, p => CallCatalog.UnassignIpv4(AddressRequests.UnassignIpv4(p))),
        ["AssignIpv6Addresses"] = RpcRoute.Of(Ecs, p => CallCatalog.AssignIpv6(AddressRequests.AssignIpv6(p)), (a, _) => EniShape.AssignedIpv6(a)),
        ["UnassignIpv6Addresses"] = Act(Ecs, p => CallCatalog.UnassignIpv6(AddressRequests.UnassignIpv6(p))),
        ["DescribeInstanceTypes"] = RpcRoute.Paged(Ecs, p => CallCatalog.DescribeTypes(OtherRequests.Types(p)), PageRequest.ByToken(100, 100), TypePage),
        ["DescribeInstances"] = RpcRoute.Paged(Ecs, p => CallCatalog.DescribeInstanceRows(OtherRequests.Instances(p)), PageRequest.ByToken(10, 100), InstancePage),
        ["DescribeSecurityGroups"] = RpcRoute.Paged(Ecs, p => CallCatalog.DescribeGroups(OtherRequests.Groups(p)), PageRequest.ByToken(10, 100), GroupPage),
        ["TagResources"] = Act(Ecs, p => CallCatalog.Tag(OtherRequests.Tag(p))),
        ["DescribeVSwitches"] = RpcRoute.Paged(Vpc, p => CallCatalog.DescribeVSwitches(OtherRequests.VSwitches(p)), PageRequest.ByNumber(10, 50), VSwitchPage),
        ["AssumeRoleWithOIDC"] = RpcRoute.Of(Sts, p => CallCatalog.AssumeRole(OtherRequests.AssumeRole(p)), (role, _) => OtherShapes.AssumedRole(role)) with { IsCentral = true },
    }.ToFrozenDictionary();

    /// <summary>The product of an action as policies name it.</summary>
    internal static string ProductOf(string action) => ByAction.GetValueOrDefault(action)?.Version switch
    {
        Vpc => "vpc",
        Sts => "sts",
        _ => "ecs",
    };

    private static RpcRoute Act(string version, Func<ParameterReader, CallSpec<CallDone>> read) => RpcRoute.Of(version, read, (_, _) => []);

    private static JsonObject EniPage(ImmutableArray<EniRow> rows, PageRequest page, CloudEmulatorOptions options)
    {
        var (items, next) = page.Cut(rows, row => row.Sequence);
        return Listing("NetworkInterfaceSets", "NetworkInterfaceSet", items.Select(r => EniShape.Described(r.Eni, r.Members, options.AccountId)), rows.Length, page, next);
    }

    private static JsonObject InstancePage(ImmutableArray<InstanceRow> rows, PageRequest page, CloudEmulatorOptions options)
    {
        var (items, next) = page.Cut(rows, row => row.Sequence);
        return Listing("Instances", "Instance", items.Select(r => OtherShapes.Instance(r.Instance, r.Enis)), rows.Length, page, next);
    }

    private static JsonObject TypePage(ImmutableArray<InstanceTypeLimits> types, PageRequest page, CloudEmulatorOptions options)
    {
        var (items, next) = page.Cut([.. types.Select((t, i) => (Type: t, Index: i))], row => row.Index);
        return Listing("InstanceTypes", "InstanceType", items.Select(r => OtherShapes.Type(r.Type)), types.Length, page, next);
    }

    private static JsonObject GroupPage(ImmutableArray<SecurityGroup> groups, PageRequest page, CloudEmulatorOptions options)
    {
        var (items, next) = page.Cut([.. groups.Select((g, i) => (Group: g, Index: i))], row => row.Index);
        return Listing("SecurityGroups", "SecurityGroup", items.Select(r => OtherShapes.Group(r.Group)), groups.Length, page, next);
    }

    private static JsonObject VSwitchPage(ImmutableArray<VSwitch> vSwitches, PageRequest page, CloudEmulatorOptions options)
    {
        var (items, _) = page.Cut(vSwitches, _ => 0);
        var shape = Listing("VSwitches", "VSwitch", items.Select(OtherShapes.VSwitch), vSwitches.Length, page, "");
        shape.Remove("NextToken");
        return shape;
    }

    private static JsonObject Listing(string set, string item, IEnumerable<JsonObject> items, int total, PageRequest page, string next) => new()
    {
        ["NextToken"] = next,
        ["TotalCount"] = total,
        ["PageNumber"] = page.Number ?? 1,
        ["PageSize"] = page.Size,
        [set] = EniShape.Wrap(item, items),
    };
}
