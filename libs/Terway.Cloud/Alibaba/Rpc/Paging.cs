namespace Terway.Cloud.Alibaba;

/// <summary>A page that names the next one.</summary>
internal sealed record Page<T>(EquatableArray<T> Items, string? NextToken);

/// <summary>A page that says how many items there are in all.</summary>
internal sealed record NumberedPage<T>(EquatableArray<T> Items, int TotalCount);

/// <summary>Makes one sequence of an action's pages.</summary>
internal static class Paging
{
    internal static async IAsyncEnumerable<T> ByTokenAsync<T>(string action, Func<string?, Task<CloudReply<Page<T>>>> fetch)
    {
        string? token = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var page = await fetch(token).ConfigureAwait(false);
            foreach (var item in page.Value.Items)
                yield return item;
            if (string.IsNullOrEmpty(page.Value.NextToken))
                yield break;
            if (!seen.Add(page.Value.NextToken))
                throw AlibabaErrors.NoAnswer(action, AlibabaErrors.InvalidResponseCode, "The next page is one that was read already.");
            token = page.Value.NextToken;
        }
    }

    internal static async IAsyncEnumerable<T> ByNumberAsync<T>(Func<int, Task<CloudReply<NumberedPage<T>>>> fetch)
    {
        var seen = 0;
        for (var number = 1; ; number++)
        {
            var page = await fetch(number).ConfigureAwait(false);
            foreach (var item in page.Value.Items)
                yield return item;
            seen += page.Value.Items.Count;
            if (page.Value.Items.IsEmpty || seen >= page.Value.TotalCount)
                yield break;
        }
    }
}
