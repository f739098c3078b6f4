using System.Text.Json;

namespace Terwayd.Configuration;

/// <summary>Reads <c>eni_conf</c>: keys are case-sensitive, unknown ones are warned about, wrong ones are all reported at once.</summary>
internal static class EniConfigurationReader
{
    internal static (EniConfiguration Configuration, IReadOnlyList<string> Warnings) ReadFile(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TerwaydException(
                DaemonErrors.ConfigurationUnreadable,
                $"reading the configuration {path}: {e.Message}",
                "mount the key eni_conf of the ConfigMap eni-config there, or name another file with --config",
                e);
        }

        return Read(content, path);
    }

    internal static (EniConfiguration Configuration, IReadOnlyList<string> Warnings) Read(ReadOnlyMemory<byte> content, string path)
    {
        var errors = new List<string>();
        var draft = new EniConfigurationDraft();
        try
        {
            using var document = JsonDocument.Parse(content);
            ReadKeys(document.RootElement, draft, errors);
        }
        catch (JsonException e)
        {
            errors.Add($"not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message}");
        }

        Settle(draft, errors);
        if (errors.Count > 0)
        {
            throw new TerwaydException(
                DaemonErrors.ConfigurationInvalid,
                $"the configuration {path} has {errors.Count} error{(errors.Count == 1 ? "" : "s")}: {string.Join("; ", errors)}",
                "correct eni_conf and start again");
        }

        return (draft.Result, draft.Warnings);
    }

    private static void ReadKeys(JsonElement root, EniConfigurationDraft draft, List<string> errors)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            errors.Add("the file is no JSON object");
            return;
        }

        foreach (var property in root.EnumerateObject())
        {
            if (EniConfigurationKeys.ByName.TryGetValue(property.Name, out var key))
                key.Read(draft, new ConfigurationValue(key.Name, property.Value, key.IsSecret, errors));
            else
                draft.Warnings.Add($"{property.Name}: unknown key, ignored{NearestKey(property.Name)}");
        }
    }

    private static string NearestKey(string name) =>
        EniConfigurationKeys.ByName.Keys.FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } meant
            ? $"; keys are case-sensitive, did you mean {meant}?"
            : "";

    private static void Settle(EniConfigurationDraft draft, List<string> errors)
    {
        var result = draft.Result;
        if (draft.SecurityGroups.Count > EniConfiguration.MaxSecurityGroups)
        {
            errors.Add(
                $"security_groups: {draft.SecurityGroups.Count} groups together with security_group; an ENI takes at most {EniConfiguration.MaxSecurityGroups}");
        }

        if (string.IsNullOrEmpty(result.AccessKeyId) != string.IsNullOrEmpty(result.AccessKeySecret))
            errors.Add("access_key, access_secret: one is given without the other");
        if (result.MinPoolSize > result.MaxPoolSize)
        {
            draft.Warnings.Add($"min_pool_size: {result.MinPoolSize} is above max_pool_size {result.MaxPoolSize} and is lowered to it");
            result.MinPoolSize = result.MaxPoolSize;
        }

        if (result.MaxEni > 0 && result.MinEni > result.MaxEni)
        {
            draft.Warnings.Add($"min_eni: {result.MinEni} is above max_eni {result.MaxEni} and is lowered to it");
            result.MinEni = result.MaxEni;
        }

        if (result.WarmUpSize > result.MaxPoolSize)
            draft.Warnings.Add($"ip_warm_up_size: {result.WarmUpSize} is above max_pool_size {result.MaxPoolSize}, the most addresses that are kept ready");
        CheckTags(result, errors);
        result.SecurityGroups = [.. draft.SecurityGroups];
    }

    private static void CheckTags(EniConfiguration result, List<string> errors)
    {
        foreach (var (key, value) in result.EniTagFilter)
        {
            if (result.EniTags.TryGetValue(key, out var given) && given != value)
                errors.Add($"eni_tag_filter.{key}: \"{value}\" is wanted, but eni_tags gives \"{given}\"");
        }
    }
}
