using Microsoft.CodeAnalysis;

#pragma warning disable CA1050, MA0047, IDE0130 // In the global namespace it is nearer to every namespace of ours than System.Linq.

/// <summary>
/// <c>Select</c> as an iterator. System.Linq's is a generic virtual method, of which native code holds a body for every pair of an item's
/// and a result's type that occur anywhere in the program: with this one terwayd is half as big. Linked into every library and program.
/// </summary>
[Embedded]
internal static class Projection
{
    public static IEnumerable<TResult> Select<TItem, TResult>(this IEnumerable<TItem> items, Func<TItem, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Each(items, result);
    }

    private static IEnumerable<TResult> Each<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> result)
    {
        foreach (var item in items)
            yield return result(item);
    }
}
