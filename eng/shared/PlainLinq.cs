using Microsoft.CodeAnalysis;

#pragma warning disable CA1050, MA0047, IDE0130 // In the global namespace it is nearer to every namespace of ours than System.Linq.

/// <summary>
/// The commonest operators as iterators. System.Linq's <c>Select</c> is a generic virtual method of its own iterators, of which native
/// code holds a body for every pair of an item's and a result's type that occur anywhere in the program, and of which memory holds what
/// is near to what runs: with these terwayd is half as big. Linked into every library and program.
/// </summary>
[Embedded]
internal static class PlainLinq
{
    public static IEnumerable<TResult> Select<TItem, TResult>(this IEnumerable<TItem> items, Func<TItem, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Each(items, result);
    }

    public static IEnumerable<TItem> Where<TItem>(this IEnumerable<TItem> items, Func<TItem, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Wanted(items, isWanted);
    }

    public static IEnumerable<TResult> SelectMany<TItem, TResult>(this IEnumerable<TItem> items, Func<TItem, IEnumerable<TResult>> results)
    {
        ArgumentNullException.ThrowIfNull(items);
        return EachOf(items, results);
    }

    public static IEnumerable<TItem> Concat<TItem>(this IEnumerable<TItem> first, IEnumerable<TItem> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        return Both(first, second);
    }

    private static IEnumerable<TResult> Each<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> result)
    {
        foreach (var item in items)
            yield return result(item);
    }

    private static IEnumerable<TItem> Wanted<TItem>(IEnumerable<TItem> items, Func<TItem, bool> isWanted)
    {
        foreach (var item in items)
        {
            if (isWanted(item))
                yield return item;
        }
    }

    private static IEnumerable<TResult> EachOf<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, IEnumerable<TResult>> results)
    {
        foreach (var item in items)
        {
            foreach (var result in results(item))
                yield return result;
        }
    }

    private static IEnumerable<TItem> Both<TItem>(IEnumerable<TItem> first, IEnumerable<TItem> second)
    {
        foreach (var item in first)
            yield return item;
        foreach (var item in second)
            yield return item;
    }
}
