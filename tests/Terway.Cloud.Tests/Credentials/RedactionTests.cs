using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Terway.Cloud.Alibaba;
using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Credentials;

/// <summary>Nothing that holds a secret shows it.</summary>
public class RedactionTests
{
    private static readonly string[] SecretNames = ["Secret", "Token", "Keyring", "Password"];

    /// <summary>Tokens that are no secrets: they name a page or a request.</summary>
    private static readonly string[] Harmless = ["NextToken", "ClientToken", "TokenLifetime", "TokenMismatchCode", "MetadataTokenRequired"];

    [Fact]
    public void No_record_prints_a_secret()
    {
        var printing = new[] { typeof(IEniApi).Assembly, typeof(CloudEmulator).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(PrintsItself)
            .SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(p => p.PropertyType == typeof(string) && SecretNames.Any(p.Name.Contains) && !Harmless.Contains(p.Name))
            .Select(p => $"{p.DeclaringType}.{p.Name}")
            .Where(name => !name.Contains("PageRequest", StringComparison.Ordinal) && !name.Contains("Page`1", StringComparison.Ordinal));

        printing.Should().BeEmpty();
    }

    [Fact]
    public void Credential_shows_no_secret_as_text_or_as_json()
    {
        var key = new CloudCredential("LTAI-visible", "do-not-log-secret-OfCredential", "do-not-log-token-OfCredential", DateTimeOffset.UnixEpoch);

        string[] shown = [$"{key}", JsonSerializer.Serialize(key), JsonSerializer.Serialize(new { Key = key })];

        shown.Should().OnlyContain(s => s.Contains("LTAI-visible") && !s.Contains("do-not-log"));
    }

    /// <summary>A record with the compiler's own text.</summary>
    private static bool PrintsItself(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true
        && type.GetMethod("ToString", Type.EmptyTypes)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;
}
