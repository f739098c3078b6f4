using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Reads a result of any version: later versions only add fields.</summary>
internal static class ResultReader
{
    private const int MaxDepth = 64;

    public static CniResult Read(ReadOnlySpan<byte> text) => JsonRead.Document(text, MaxDepth, Result);

    private static CniResult Result(ref Utf8JsonReader json)
    {
        ImmutableArray<CniInterface> interfaces = [];
        ImmutableArray<IpConfiguration> ips = [];
        ImmutableArray<CniRoute> routes = [];
        DnsConfiguration? dns = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "interfaces": interfaces = JsonRead.List(ref json, Interface); break;
                case "ips": ips = JsonRead.List(ref json, Ip); break;
                case "routes": routes = JsonRead.List(ref json, Route); break;
                case "dns": dns = JsonRead.Optional(ref json, Dns); break;
                default: json.Skip(); break;
            }
        return new CniResult { Interfaces = interfaces, Ips = ips, Routes = routes, Dns = dns ?? new DnsConfiguration() };
    }

    private static CniInterface Interface(ref Utf8JsonReader json)
    {
        var value = new CniInterface();
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "name": value = value with { Name = JsonRead.Text(ref json) }; break;
                case "mac": value = value with { Mac = JsonRead.OptionalText(ref json) }; break;
                case "mtu": value = value with { Mtu = JsonRead.Integer(ref json) }; break;
                case "sandbox": value = value with { Sandbox = JsonRead.OptionalText(ref json) }; break;
                case "socketPath": value = value with { SocketPath = JsonRead.OptionalText(ref json) }; break;
                case "pciID": value = value with { PciId = JsonRead.OptionalText(ref json) }; break;
                default: json.Skip(); break;
            }
        return value;
    }

    private static IpConfiguration Ip(ref Utf8JsonReader json)
    {
        CniAddress? address = null;
        IPAddress? gateway = null;
        int? index = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "address": address = JsonRead.AddressWithLength(ref json); break;
                case "gateway": gateway = JsonRead.Address(ref json); break;
                case "interface": index = JsonRead.Integer(ref json); break;
                default: json.Skip(); break;
            }
        return new IpConfiguration { Address = address ?? throw new JsonException("'address' is missing"), Gateway = gateway, Interface = index };
    }

    private static CniRoute Route(ref Utf8JsonReader json)
    {
        IPNetwork? destination = null;
        var value = new CniRoute { Destination = default };
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "dst": destination = JsonRead.Prefix(ref json); break;
                case "gw": value = value with { Gateway = JsonRead.Address(ref json) }; break;
                case "mtu": value = value with { Mtu = JsonRead.Integer(ref json) }; break;
                case "advmss": value = value with { AdvMss = JsonRead.Integer(ref json) }; break;
                case "priority": value = value with { Priority = JsonRead.Integer(ref json) }; break;
                case "table": value = value with { Table = JsonRead.Integer(ref json) }; break;
                case "scope": value = value with { Scope = JsonRead.Integer(ref json) }; break;
                default: json.Skip(); break;
            }
        return value with { Destination = destination ?? throw new JsonException("'dst' is missing") };
    }

    private static DnsConfiguration Dns(ref Utf8JsonReader json)
    {
        ImmutableArray<string> nameservers = [], search = [], options = [];
        string? domain = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "nameservers": nameservers = JsonRead.List(ref json, JsonRead.Text); break;
                case "domain": domain = JsonRead.OptionalText(ref json); break;
                case "search": search = JsonRead.List(ref json, JsonRead.Text); break;
                case "options": options = JsonRead.List(ref json, JsonRead.Text); break;
                default: json.Skip(); break;
            }
        return new DnsConfiguration { Nameservers = nameservers, Domain = domain, Search = search, Options = options };
    }
}
