namespace Terwayd.Configuration;

/// <summary>A permanent access key, from the mounted secret if both its files are there and filled, else from the configuration.</summary>
internal sealed record StaticKeys(string AccessKeyId, string AccessKeySecret)
{
    /// <summary><see langword="null"/> when neither gives one: the instance's role is used then.</summary>
    internal static StaticKeys? Find(string secretDirectory, EniConfiguration configuration)
    {
        var id = ReadSecret(Path.Combine(secretDirectory, "access-key-id"));
        var secret = ReadSecret(Path.Combine(secretDirectory, "access-key-secret"));
        if (!string.IsNullOrEmpty(id) && !string.IsNullOrEmpty(secret))
            return new StaticKeys(id, secret);
        return !string.IsNullOrEmpty(configuration.AccessKeyId) && !string.IsNullOrEmpty(configuration.AccessKeySecret)
            ? new StaticKeys(configuration.AccessKeyId, configuration.AccessKeySecret)
            : null;
    }

    /// <summary>The id alone: a record would print the secret.</summary>
    public override string ToString() => $"access key {AccessKeyId}";

    private static string? ReadSecret(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TerwaydException(
                DaemonErrors.CredentialsUnreadable,
                $"reading the credentials {path}: {e.Message}",
                "make the mounted secret readable for the daemon",
                e);
        }
    }
}
