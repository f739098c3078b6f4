using System.Text;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Escapes as the signatures want it; written anew here, so that a mistake of the client's cannot hide.</summary>
internal static class SignatureText
{
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
                escaped.Append((char)b);
            else
                escaped.Append('%').Append(b.ToString("X2"));
        }
        return escaped.ToString();
    }

    internal static string Query(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = pairs.ToList();
        sorted.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return string.Join("&", sorted.ConvertAll(p => Escape(p.Key) + "=" + Escape(p.Value)));
    }
}
