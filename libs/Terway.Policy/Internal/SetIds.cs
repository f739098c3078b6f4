using System.Buffers.Text;
using System.Text;

namespace Terway.Policy.Internal;

/// <summary>Felix's identities of IP sets: a prefix and the SHA-224 of the prefixed content in URL-safe base64.</summary>
internal static class SetIds
{
    internal static string Make(string prefix, string content) =>
        $"{prefix}:{Base64Url.EncodeToString(Sha224.Hash(Encoding.UTF8.GetBytes($"{prefix}:{content}")))}";
}
