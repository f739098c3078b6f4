using System.Collections.Immutable;
using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Reads the network configuration from standard input.</summary>
internal static class ConfigurationReader
{
    /// <summary>The oldest versions had no such key, so a configuration without it means this one.</summary>
    private const string ImpliedVersion = "0.1.0";

    private const int MaxDepth = 64;

    public static NetworkConfiguration Read(byte[] text, ref CniVersion version)
    {
        NetworkConfiguration configuration = Decode(text);
        version = VersionOf(configuration.VersionText);
        if (!NameRules.IsName(configuration.Name))
            throw new CniException(
                CniErrorCode.InvalidConfiguration,
                configuration.Name.Length == 0
                    ? "the network configuration has no name"
                    : $"the network's name '{NameRules.Shorten(configuration.Name)}' is not a letter or digit followed by letters, digits, '_', '.' and '-'");
        configuration.Version = version;
        return configuration;
    }

    /// <summary>The version that the runtime states when it asks for versions; null when it states none that can be read.</summary>
    public static string? VersionTextOf(byte[] text)
    {
        try
        {
            string? version = JsonRead.Document(text, MaxDepth, Configuration).VersionText;
            return CniVersion.TryParse(version, out _) ? version : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CniVersion VersionOf(string? text)
    {
        string stated = string.IsNullOrEmpty(text) ? ImpliedVersion : text;
        if (!CniVersion.TryParse(stated, out CniVersion version))
            throw new CniException(CniErrorCode.DecodingFailure, $"cniVersion is '{NameRules.Shorten(stated)}', which is not a version");
        if (version.IsSupported)
            return version;
        throw new CniException(
            CniErrorCode.IncompatibleVersion,
            $"incompatible CNI versions: the configuration says {(text is null ? "none, which means " : "")}{version}, the plugin speaks {string.Join(", ", CniVersion.Supported)}",
            hint: "set cniVersion in the network configuration to one of these");
    }

    private static NetworkConfiguration Decode(byte[] text)
    {
        if (text.Length == 0)
            throw new CniException(CniErrorCode.DecodingFailure, "standard input is empty; the network configuration was expected");
        try
        {
            NetworkConfiguration configuration = JsonRead.Document(text, MaxDepth, Configuration);
            configuration.Json = text;
            return configuration;
        }
        catch (JsonException e)
        {
            throw new CniException(CniErrorCode.DecodingFailure, "standard input is not a network configuration", e.Message, innerException: e);
        }
    }

    private static NetworkConfiguration Configuration(ref Utf8JsonReader json)
    {
        var value = new NetworkConfiguration();
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "cniVersion": value.VersionText = JsonRead.OptionalText(ref json); break;
                case "name": value.Name = JsonRead.OptionalText(ref json) ?? ""; break;
                case "type": value.Type = JsonRead.OptionalText(ref json) ?? ""; break;
                case "capabilities": value.Capabilities = Capabilities(ref json); break;
                case "runtimeConfig": value.Runtime = JsonRead.Optional(ref json, Runtime) ?? value.Runtime; break;
                case "prevResult": value.PrevResult = Slice(ref json); break;
                case "cni.dev/valid-attachments": value.ValidAttachments = JsonRead.List(ref json, AttachmentCodec.Read); break;
                // libcni wrote the key without "valid-" before the specification was final, and still writes both.
                case "cni.dev/attachments": value.ValidAttachments ??= JsonRead.List(ref json, AttachmentCodec.Read); break;
                default: json.Skip(); break;
            }
        return value;
    }

    private static ImmutableDictionary<string, bool> Capabilities(ref Utf8JsonReader json)
    {
        var capabilities = ImmutableDictionary.CreateBuilder<string, bool>();
        if (json.TokenType == JsonTokenType.Null)
            return capabilities.ToImmutable();
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            capabilities[name] = JsonRead.Boolean(ref json);
        return capabilities.ToImmutable();
    }

    private static RuntimeConfiguration Runtime(ref Utf8JsonReader json)
    {
        BandwidthLimits? bandwidth = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            if (name == "bandwidth")
                bandwidth = JsonRead.Optional(ref json, Bandwidth);
            else
                json.Skip();
        return new RuntimeConfiguration { Bandwidth = bandwidth };
    }

    private static BandwidthLimits Bandwidth(ref Utf8JsonReader json)
    {
        ulong ingress = 0, egress = 0;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "ingressRate": ingress = JsonRead.Count(ref json); break;
                case "egressRate": egress = JsonRead.Count(ref json); break;
                default: json.Skip(); break;
            }
        return new BandwidthLimits { IngressRate = ingress, EgressRate = egress };
    }

    /// <summary>Where the value stands; it is read later, or not at all.</summary>
    private static JsonSlice Slice(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return default;
        int start = (int)json.TokenStartIndex;
        json.Skip();
        return new JsonSlice(start, (int)json.BytesConsumed - start);
    }
}
