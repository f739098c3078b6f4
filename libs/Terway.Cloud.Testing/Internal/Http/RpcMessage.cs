using System.Text;
using Microsoft.AspNetCore.Http;

namespace Terway.Cloud.Testing.Internal;

/// <summary>A request of the RPC style as it came: nothing is believed yet.</summary>
internal sealed record RpcMessage(
    string Method,
    string Host,
    IReadOnlyList<KeyValuePair<string, string>> Query,
    IReadOnlyList<KeyValuePair<string, string>> Form,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[] Body)
{
    private const int MaxBody = 1024 * 1024;

    /// <summary>Query and form together.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Parameters => Query.Concat(Form);

    internal static async Task<RpcMessage> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        if (body.Length > MaxBody)
            throw new Refusal(413, "RequestTooLarge", "The body is too long.");
        var form = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? ParsePairs(Encoding.UTF8.GetString(body.ToArray()))
            : [];
        return new RpcMessage(
            request.Method,
            request.Host.Value ?? "",
            ParsePairs(request.QueryString.Value?.TrimStart('?') ?? ""),
            form,
            [.. request.Headers.SelectMany(h => h.Value, (h, value) => KeyValuePair.Create(h.Key.ToLowerInvariant(), value ?? ""))],
            body.ToArray());
    }

    internal string? Header(string name) => Headers.Where(h => h.Key == name).Select(h => h.Value).FirstOrDefault();

    internal string? Parameter(string name) => Parameters.Where(p => p.Key == name).Select(p => p.Value).FirstOrDefault();

    private static List<KeyValuePair<string, string>> ParsePairs(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            pairs.Add(KeyValuePair.Create(Unescape(parts[0]), parts.Length > 1 ? Unescape(parts[1]) : ""));
        }
        return pairs;
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
