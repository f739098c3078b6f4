using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Terway.Cni.Internal;

namespace Terway.Cni.Daemon.Internal;

/// <summary>A network configuration in upstream Terway's names. As there, what is absent or zero is left out.</summary>
internal static class NetConfCodec
{
    public static void Write(Utf8JsonWriter json, NetConf value)
    {
        JsonWrite.Object(json, "BasicInfo", value.BasicInfo, Write);
        JsonWrite.Object(json, "ENIInfo", value.EniInfo, Write);
        JsonWrite.Object(json, "Pod", value.Pod, Write);
        JsonWrite.Text(json, "IfName", value.IfName);
        if (!value.ExtraRoutes.IsEmpty)
            JsonWrite.List(json, "ExtraRoutes", value.ExtraRoutes, static (json, route) => json.WriteString("Dst", route.Destination.ToString()));
        WriteTrue(json, "DefaultRoute", value.DefaultRoute);
    }

    public static NetConf Read(ref Utf8JsonReader json)
    {
        BasicInfo? basic = null;
        EniInfo? eni = null;
        PodLimits? pod = null;
        string? ifName = null;
        ImmutableArray<ExtraRoute> routes = [];
        bool defaultRoute = false;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "BasicInfo": basic = JsonRead.Optional(ref json, Basic); break;
                case "ENIInfo": eni = JsonRead.Optional(ref json, Eni); break;
                case "Pod": pod = JsonRead.Optional(ref json, Limits); break;
                case "IfName": ifName = JsonRead.OptionalText(ref json); break;
                case "ExtraRoutes": routes = json.TokenType == JsonTokenType.Null ? [] : JsonRead.List(ref json, Route); break;
                case "DefaultRoute": defaultRoute = JsonRead.Boolean(ref json); break;
                default: json.Skip(); break;
            }
        return new NetConf { BasicInfo = basic, EniInfo = eni, Pod = pod, IfName = ifName, ExtraRoutes = routes, DefaultRoute = defaultRoute };
    }

    public static void Write(Utf8JsonWriter json, AddressSet value)
    {
        JsonWrite.Text(json, "IPv4", value.IPv4?.ToString());
        JsonWrite.Text(json, "IPv6", value.IPv6?.ToString());
    }

    public static AddressSet Addresses(ref Utf8JsonReader json)
    {
        IPAddress? ipv4 = null, ipv6 = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "IPv4": ipv4 = JsonRead.Address(ref json); break;
                case "IPv6": ipv6 = JsonRead.Address(ref json); break;
                default: json.Skip(); break;
            }
        return new AddressSet(ipv4, ipv6);
    }

    private static void Write(Utf8JsonWriter json, NetworkSet value)
    {
        JsonWrite.Text(json, "IPv4", value.IPv4?.ToString());
        JsonWrite.Text(json, "IPv6", value.IPv6?.ToString());
    }

    private static NetworkSet Networks(ref Utf8JsonReader json)
    {
        IPNetwork? ipv4 = null, ipv6 = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "IPv4": ipv4 = JsonRead.OptionalPrefix(ref json); break;
                case "IPv6": ipv6 = JsonRead.OptionalPrefix(ref json); break;
                default: json.Skip(); break;
            }
        return new NetworkSet(ipv4, ipv6);
    }

    private static void Write(Utf8JsonWriter json, BasicInfo value)
    {
        JsonWrite.Object(json, "PodIP", value.PodIP, Write);
        JsonWrite.Object(json, "PodCIDR", value.PodCidr, Write);
        JsonWrite.Object(json, "GatewayIP", value.GatewayIP, Write);
        JsonWrite.Object(json, "ServiceCIDR", value.ServiceCidr, Write);
    }

    private static BasicInfo Basic(ref Utf8JsonReader json)
    {
        var value = new BasicInfo();
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "PodIP": value = value with { PodIP = JsonRead.Optional(ref json, Addresses) }; break;
                case "PodCIDR": value = value with { PodCidr = JsonRead.Optional(ref json, Networks) }; break;
                case "GatewayIP": value = value with { GatewayIP = JsonRead.Optional(ref json, Addresses) }; break;
                case "ServiceCIDR": value = value with { ServiceCidr = JsonRead.Optional(ref json, Networks) }; break;
                default: json.Skip(); break;
            }
        return value;
    }

    private static void Write(Utf8JsonWriter json, EniInfo value)
    {
        JsonWrite.Text(json, "MAC", value.Mac);
        WriteTrue(json, "Trunk", value.Trunk);
        WriteCount(json, "Vid", value.Vid);
        JsonWrite.Object(json, "GatewayIP", value.GatewayIP, Write);
        WriteTrue(json, "eRDMA", value.ERdma);
        JsonWrite.Number(json, "VfId", value.VfId);
    }

    private static EniInfo Eni(ref Utf8JsonReader json)
    {
        var value = new EniInfo();
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "MAC": value = value with { Mac = JsonRead.OptionalText(ref json) }; break;
                case "Trunk": value = value with { Trunk = JsonRead.Boolean(ref json) }; break;
                case "Vid": value = value with { Vid = SmallCount(ref json) }; break;
                case "GatewayIP": value = value with { GatewayIP = JsonRead.Optional(ref json, Addresses) }; break;
                case "eRDMA": value = value with { ERdma = JsonRead.Boolean(ref json) }; break;
                case "VfId": value = value with { VfId = json.TokenType == JsonTokenType.Null ? null : SmallCount(ref json) }; break;
                default: json.Skip(); break;
            }
        return value;
    }

    private static void Write(Utf8JsonWriter json, PodLimits value)
    {
        WriteCount(json, "Ingress", value.Ingress);
        WriteCount(json, "Egress", value.Egress);
        JsonWrite.Text(json, "NetworkPriority", value.NetworkPriority);
    }

    private static PodLimits Limits(ref Utf8JsonReader json)
    {
        var value = new PodLimits();
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "Ingress": value = value with { Ingress = JsonRead.Count(ref json) }; break;
                case "Egress": value = value with { Egress = JsonRead.Count(ref json) }; break;
                case "NetworkPriority": value = value with { NetworkPriority = JsonRead.OptionalText(ref json) }; break;
                default: json.Skip(); break;
            }
        return value;
    }

    private static ExtraRoute Route(ref Utf8JsonReader json)
    {
        IPNetwork? destination = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            if (name == "Dst")
                destination = JsonRead.Prefix(ref json);
            else
                json.Skip();
        return new ExtraRoute(destination ?? throw new JsonException("'Dst' is missing"));
    }

    private static uint SmallCount(ref Utf8JsonReader json) =>
        JsonRead.Count(ref json) is var count && count <= uint.MaxValue ? (uint)count : throw new JsonException($"{count} is too large");

    private static void WriteTrue(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
            json.WriteBoolean(name, value);
    }

    private static void WriteCount(Utf8JsonWriter json, string name, ulong value)
    {
        if (value > 0)
            json.WriteNumber(name, value);
    }
}
