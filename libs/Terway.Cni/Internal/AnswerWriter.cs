using System.Collections.Immutable;
using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Writes what goes to standard output. Each answer is made whole first, so that a runtime never sees half of one.</summary>
internal static class AnswerWriter
{
    public static void WriteVersions(Stream output, string? version) => Write(output, w =>
    {
        w.WriteString("cniVersion", version ?? CniVersion.Newest.ToString());
        w.WriteStartArray("supportedVersions");
        foreach (CniVersion supported in CniVersion.Supported)
            w.WriteStringValue(supported.ToString());
        w.WriteEndArray();
    });

    public static void WriteError(Stream output, CniException error, CniVersion version) => Write(output, w =>
    {
        w.WriteString("cniVersion", version.ToString());
        w.WriteNumber("code", (int)error.Code);
        w.WriteString("msg", error.Message);
        w.WriteString("details", error.DetailText);
    });

    public static void WriteResult(Stream output, CniResult result, CniVersion version) => Write(output, w =>
    {
        w.WriteString("cniVersion", version.ToString());
        WriteArray(w, "interfaces", result.Interfaces, version, WriteInterface);
        WriteArray(w, "ips", result.Ips, version, WriteIp);
        WriteArray(w, "routes", result.Routes, version, WriteRoute);
        WriteDns(w, result.Dns);
    });

    private static void WriteInterface(Utf8JsonWriter w, CniInterface value, CniVersion version)
    {
        w.WriteString("name", value.Name);
        JsonWrite.Text(w, "mac", value.Mac);
        if (version.DescribesLinks)
            JsonWrite.Number(w, "mtu", value.Mtu);
        JsonWrite.Text(w, "sandbox", value.Sandbox);
        if (!version.DescribesLinks)
            return;
        JsonWrite.Text(w, "socketPath", value.SocketPath);
        JsonWrite.Text(w, "pciID", value.PciId);
    }

    private static void WriteIp(Utf8JsonWriter w, IpConfiguration value, CniVersion version)
    {
        if (version.NamesAddressFamily)
            w.WriteString("version", value.Address.IsIPv6 ? "6" : "4");
        JsonWrite.Number(w, "interface", value.Interface);
        w.WriteString("address", value.Address.ToString());
        JsonWrite.Text(w, "gateway", value.Gateway?.ToString());
    }

    private static void WriteRoute(Utf8JsonWriter w, CniRoute value, CniVersion version)
    {
        w.WriteString("dst", value.Destination.ToString());
        JsonWrite.Text(w, "gw", value.Gateway?.ToString());
        if (!version.DescribesLinks)
            return;
        JsonWrite.Number(w, "mtu", value.Mtu);
        JsonWrite.Number(w, "advmss", value.AdvMss);
        JsonWrite.Number(w, "priority", value.Priority);
        JsonWrite.Number(w, "table", value.Table);
        JsonWrite.Number(w, "scope", value.Scope);
    }

    private static void WriteDns(Utf8JsonWriter w, DnsConfiguration dns)
    {
        w.WriteStartObject("dns");
        WriteTexts(w, "nameservers", dns.Nameservers);
        JsonWrite.Text(w, "domain", dns.Domain);
        WriteTexts(w, "search", dns.Search);
        WriteTexts(w, "options", dns.Options);
        w.WriteEndObject();
    }

    private static void WriteArray<T>(
        Utf8JsonWriter w, string name, ImmutableArray<T> values, CniVersion version, Action<Utf8JsonWriter, T, CniVersion> write)
    {
        if (values.IsEmpty)
            return;
        w.WriteStartArray(name);
        foreach (T value in values)
        {
            w.WriteStartObject();
            write(w, value, version);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter w, string name, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
            return;
        w.WriteStartArray(name);
        foreach (string value in values)
            w.WriteStringValue(value);
        w.WriteEndArray();
    }

    private static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        ReadOnlySpan<byte> answer = [.. JsonWrite.Object(write, indented: true).Span, (byte)'\n'];
        output.Write(answer);
        output.Flush();
    }
}
