namespace Terway.Cloud.Alibaba;

/// <summary>Takes the secrets of a request out of what the other side says about it, however they are escaped.</summary>
/// <remarks>Never shows them as text.</remarks>
internal sealed class SecretMask
{
    private const string Hidden = "(hidden)";
    private readonly string[] _forms;

    private SecretMask(IEnumerable<string> secrets) =>
        // A signature's text has its parameters escaped twice.
        _forms = [.. secrets.Where(s => s.Length > 0)
            .SelectMany(s => (string[])[s, Uri.EscapeDataString(s), Uri.EscapeDataString(Uri.EscapeDataString(s))])
            .Distinct(StringComparer.Ordinal)];

    internal static SecretMask None { get; } = new([]);

    internal static SecretMask For(CloudCredential credential) => new([credential.AccessKeySecret, credential.SecurityToken ?? ""]);

    internal static SecretMask For(string secret) => new([secret]);

    internal string Hide(string text)
    {
        foreach (var form in _forms)
            text = text.Replace(form, Hidden, StringComparison.Ordinal);
        return text;
    }
}
