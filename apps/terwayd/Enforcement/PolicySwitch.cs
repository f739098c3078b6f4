namespace Terwayd.Enforcement;

/// <summary>
/// Reads the file <c>disable_network_policy</c> beside <c>eni_conf</c>, the ConfigMap's key of that name. Empty, <c>0</c>, <c>false</c> and
/// no file at all mean that policy is enforced; any other text that it is not, as in Terway, but white space around it does not count.
/// </summary>
internal static class PolicySwitch
{
    internal const string FileName = "disable_network_policy";

    internal static bool IsOff(string configPath)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configPath)) ?? "/", FileName);
        try
        {
            return File.ReadAllText(path).Trim() is not ("" or "0" or "false");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TerwaydException(DaemonErrors.ConfigurationUnreadable, $"reading {path}: {e.Message}", "make the file readable, or remove it", e);
        }
    }
}
