using Terway.Cloud;
using Terway.Cloud.Alibaba;
using Terwayd.CommandLine;
using Terwayd.Configuration;

namespace Terwayd.Cloud;

/// <summary>Where the daemon's access key comes from, in their order: the first that is set up gives it.</summary>
internal static class CredentialSources
{
    internal static CredentialChain Chain(
        TerwaydEnvironment environment, EniConfiguration configuration, InstanceMetadataClient metadata, RegionId region, HttpClient http, TimeProvider time)
    {
        List<ICredentialSource> sources = [Static(environment.SecretDirectory, configuration), environment.Keys];
        if (environment.ServiceAccountRole is { } role)
            sources.Add(ServiceAccount(role, environment, region, http, time));
        sources.Add(new EncryptedTokenFileSource(
            configuration.CredentialPath, token => ReadAsync(configuration.CredentialPath, File.ReadAllBytesAsync, token)));
        sources.Add(new InstanceRoleCredentialSource(metadata));
        return new CredentialChain(sources);
    }

    private static CredentialSource Static(string secretDirectory, EniConfiguration configuration) => new(
        "the mounted secret or eni_conf",
        $"Neither {secretDirectory} nor access_key and access_secret give a key.",
        _ =>
        {
            try
            {
                return Task.FromResult(StaticKeys.Find(secretDirectory, configuration) is { } keys
                    ? new CloudCredential(keys.AccessKeyId, keys.AccessKeySecret)
                    : null);
            }
            catch (TerwaydException failure)
            {
                throw Unreadable(failure.Message, failure);
            }
        });

    private static OidcRoleCredentialSource ServiceAccount(
        ServiceAccountRole role, TerwaydEnvironment environment, RegionId region, HttpClient http, TimeProvider time)
    {
        var options = new OidcRoleOptions
        {
            RoleArn = role.RoleArn,
            ProviderArn = role.ProviderArn,
            SessionName = role.SessionName,
            RegionId = region,
            Network = environment.PublicEndpoints ? EndpointNetwork.Public : EndpointNetwork.Vpc,
            Endpoint = environment.StsEndpoint,
            PlainHttp = environment.PlainHttp,
            TimeProvider = time,
        };
        return new OidcRoleCredentialSource(options, token => ReadAsync(role.TokenPath, File.ReadAllTextAsync, token), http);
    }

    /// <summary>A file that does not exist is a source that is not set up; one that cannot be read is an error.</summary>
    private static async Task<T?> ReadAsync<T>(string path, Func<string, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read(path, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable($"reading the credentials {path}: {e.Message}", e);
        }
    }

    private static CloudApiException Unreadable(string why, Exception inner) =>
        new("GetCredential", CloudErrorKind.Retryable, DaemonErrors.CredentialsUnreadable, why, inner)
        {
            Hint = "Make the mounted file readable for the daemon.",
        };
}
