using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Terway.Cloud.Alibaba;

/// <summary>The encrypted token file of an ACK add-on: a temporary access key that the cluster's control plane renews.</summary>
/// <remarks>
/// JSON with <c>access.key.id</c>, <c>access.key.secret</c> and <c>security.token</c>, each base64 of a 16-byte IV and AES-CBC with
/// PKCS #7 padding under the bytes of <c>keyring</c>; <c>expiration</c> in UTC; <c>error</c> when the control plane has none to give.
/// </remarks>
public sealed class EncryptedTokenFileSource : ICredentialSource
{
    private const int IvBytes = 16;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly string _path;
    private readonly Func<CancellationToken, Task<byte[]?>> _read;

    /// <summary>Makes a source.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="read">Reads the file; null when it does not exist. A library reads none by itself.</param>
    public EncryptedTokenFileSource(string path, Func<CancellationToken, Task<byte[]?>> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(read);
        _path = path;
        _read = read;
    }

    /// <inheritdoc/>
    public string Name => $"the token file {_path}";

    /// <inheritdoc/>
    public string WhenAbsent => $"There is no file {_path}.";

    /// <inheritdoc/>
    public async Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default)
    {
        if (await _read(cancellationToken).ConfigureAwait(false) is not { } content)
            return null;
        try
        {
            return Decrypt(JsonSerializer.Deserialize(content, WireJson.Default.WireTokenFile) ?? throw new FormatException("it is null"));
        }
        catch (Exception failure) when (failure is JsonException or FormatException or CryptographicException or ArgumentException)
        {
            // What lies beneath may quote the content.
            throw new CloudApiException("ReadTokenFile", CloudErrorKind.Retryable, "Client.TokenFileInvalid", $"{_path} does not read: {Reason(failure)}.")
            {
                Hint = "The control plane writes the file anew; look at the add-on that owns it if this stays.",
            };
        }
    }

    private CloudCredential Decrypt(WireTokenFile file)
    {
        if (file.Error is { Code.Length: > 0 } error)
        {
            throw new CloudApiException("ReadTokenFile", CloudErrorKind.Permission, error.Code, $"{_path} holds no key for the role {error.RoleName}: {error.Message}")
            {
                Hint = "Check the authorisation of the cluster's role in RAM.",
            };
        }
        var key = Encoding.UTF8.GetBytes(WireText.Required(file.Keyring, "keyring"));
        return new CloudCredential(
            Plain(file.AccessKeyId, "access.key.id", key),
            Plain(file.AccessKeySecret, "access.key.secret", key),
            Plain(file.SecurityToken, "security.token", key),
            DateTimeOffset.ParseExact(
                WireText.Required(file.Expiration, "expiration"), TimeFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
    }

    private static string Plain(string? encrypted, string field, byte[] key)
    {
        var bytes = Convert.FromBase64String(WireText.Required(encrypted, field));
        if (bytes.Length <= IvBytes)
            throw new FormatException($"{field} is too short");
        using var aes = Aes.Create();
        aes.Key = key;
        return Encoding.UTF8.GetString(aes.DecryptCbc(bytes.AsSpan(IvBytes), bytes.AsSpan(0, IvBytes)));
    }

    private static string Reason(Exception failure) => failure switch
    {
        JsonException => "it is no JSON of this form",
        CryptographicException or ArgumentException => "the keyring does not decrypt it",
        _ when failure.Message.Contains("missing", StringComparison.Ordinal) || failure.Message.Contains("short", StringComparison.Ordinal) =>
            failure.Message.TrimEnd('.'),
        _ => "a value is neither base64 nor a time",
    };
}
