using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Writes what goes to standard output. Each answer is made whole first, so that a runtime never sees half of one.</summary>
internal static class AnswerWriter
{
    // The output is read by programs that expect JSON and by people in logs, not put into HTML.
    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        WriteText(w, "mac", value.Mac);
        if (version.DescribesLinks)
            WriteNumber(w, "mtu", value.Mtu);
        WriteText(w, "sandbox", value.Sandbox);
        if (!version.DescribesLinks)
            return;
        WriteText(w, "socketPath", value.SocketPath);
        WriteText(w, "pciID", value.PciId);
    }

    private static void WriteIp(Utf8JsonWriter w, IpConfiguration value, CniVersion version)
    {
        if (version.NamesAddressFamily)
            w.WriteString("version", value.Address.IsIPv6 ? "6" : "4");
        WriteNumber(w, "interface", value.Interface);
        w.WriteString("address", value.Address.ToString());
        WriteText(w, "gateway", value.Gateway?.ToString());
    }

    private static void WriteRoute(Utf8JsonWriter w, CniRoute value, CniVersion version)
    {
        w.WriteString("dst", value.Destination.ToString());
        WriteText(w, "gw", value.Gateway?.ToString());
        if (!version.DescribesLinks)
            return;
        WriteNumber(w, "mtu", value.Mtu);
        WriteNumber(w, "advmss", value.AdvMss);
        WriteNumber(w, "priority", value.Priority);
        WriteNumber(w, "table", value.Table);
        WriteNumber(w, "scope", value.Scope);
    }

    private static void WriteDns(Utf8JsonWriter w, DnsConfiguration dns)
    {
        w.WriteStartObject("dns");
        WriteTexts(w, "nameservers", dns.Nameservers);
        WriteText(w, "domain", dns.Domain);
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

    private static void WriteText(Utf8JsonWriter w, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            w.WriteString(name, value);
    }

    private static void WriteNumber(Utf8JsonWriter w, string name, int? value)
    {
        if (value is { } number)
            w.WriteNumber(name, number);
    }

    private static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
        output.Write(buffer.WrittenSpan);
        output.Flush();
    }
}
