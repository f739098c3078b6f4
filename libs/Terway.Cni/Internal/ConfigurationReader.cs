using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Reads the network configuration from standard input.</summary>
internal static class ConfigurationReader
{
    /// <summary>The oldest versions had no such key, so a configuration without it means this one.</summary>
    private const string ImpliedVersion = "0.1.0";

    public static NetworkConfiguration Read(byte[] json, ref CniVersion version)
    {
        NetworkConfigurationModel model = Decode(json);
        string text = string.IsNullOrEmpty(model.CniVersion) ? ImpliedVersion : model.CniVersion;
        if (!CniVersion.TryParse(text, out CniVersion stated))
            throw new CniException(CniErrorCode.DecodingFailure, $"cniVersion is '{NameRules.Shorten(text)}', which is not a version");
        if (!stated.IsSupported)
            throw new CniException(
                CniErrorCode.IncompatibleVersion,
                $"incompatible CNI versions: the configuration says {(model.CniVersion is null ? "none, which means " : "")}{stated}, the plugin speaks {string.Join(", ", CniVersion.Supported)}",
                hint: "set cniVersion in the network configuration to one of these");

        version = stated;
        if (!NameRules.IsName(model.Name ?? ""))
            throw new CniException(
                CniErrorCode.InvalidConfiguration,
                string.IsNullOrEmpty(model.Name)
                    ? "the network configuration has no name"
                    : $"the network's name '{NameRules.Shorten(model.Name)}' is not a letter or digit followed by letters, digits, '_', '.' and '-'");
        return new NetworkConfiguration(json, stated, model);
    }

    /// <summary>The version that the runtime states when it asks for versions; null when it states none that can be read.</summary>
    public static string? VersionTextOf(byte[] json)
    {
        try
        {
            string? text = JsonSerializer.Deserialize(json, CniJsonContext.Default.NetworkConfigurationModel)?.CniVersion;
            return CniVersion.TryParse(text, out _) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static NetworkConfigurationModel Decode(byte[] json)
    {
        if (json.Length == 0)
            throw new CniException(CniErrorCode.DecodingFailure, "standard input is empty; the network configuration was expected");
        try
        {
            return JsonSerializer.Deserialize(json, CniJsonContext.Default.NetworkConfigurationModel) ?? throw new JsonException("the text is null");
        }
        catch (JsonException e)
        {
            throw new CniException(CniErrorCode.DecodingFailure, "standard input is not a network configuration", e.Message, innerException: e);
        }
    }
}
