using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Which part of a list is wanted: from a token on, or by a page number as in older callers.</summary>
internal sealed record PageRequest(int Size, string? Token, int? Number)
{
    private const int MaxLegacySize = 1_000;

    /// <summary>Paging by MaxResults and NextToken; a size out of bounds is moved to the bound.</summary>
    internal static Func<ParameterReader, PageRequest> ByToken(int smallest, int largest) => parameters =>
    {
        if (parameters.Int("PageNumber") is { } number)
            return new PageRequest(Bounded(parameters, smallest, MaxLegacySize), null, Positive(number));
        var size = parameters.Int("PageSize") ?? parameters.Int("MaxResults") ?? smallest;
        return new PageRequest(Math.Clamp(size, smallest, largest), parameters.Text("NextToken"), null);
    };

    /// <summary>Paging by PageNumber and PageSize.</summary>
    internal static Func<ParameterReader, PageRequest> ByNumber(int usual, int largest) => parameters =>
    {
        var size = Bounded(parameters, usual, largest);
        return new PageRequest(size, null, Positive(parameters.Int("PageNumber") ?? 1));
    };

    /// <summary>The items of the page and the token of the next one, empty when this is the last.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="keyOf">What tells where an item stands: grows along the list, and stays when others go.</param>
    internal (ImmutableArray<T> Items, string NextToken) Cut<T>(ImmutableArray<T> all, Func<T, long> keyOf)
    {
        if (Number is { } number)
        {
            var skipped = (number - 1L) * Size;
            return (skipped >= all.Length ? [] : [.. all.Skip((int)skipped).Take(Size)], "");
        }
        var after = Token is null ? long.MinValue : Decode(Token);
        ImmutableArray<T> rest = [.. all.Where(item => keyOf(item) > after)];
        return rest.Length <= Size ? (rest, "") : (rest[..Size], Encode(keyOf(rest[Size - 1])));
    }

    private static int Bounded(ParameterReader parameters, int usual, int largest) =>
        (parameters.Int("PageSize") ?? usual) is var size && size >= 1 && size <= largest ? size : throw Refusal.Invalid("PageSize", $"1 to {largest}");

    private static int Positive(int number) => number >= 1 ? number : throw Refusal.Invalid("PageNumber", "it counts from 1");

    private static string Encode(long key) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"after:{key}"));

    private static long Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text && text.StartsWith("after:", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan("after:".Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw Refusal.Invalid("NextToken", "it is not one of ours");
    }
}
