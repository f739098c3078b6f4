using static Terway.Netlink.NetlinkConstants;
using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>Changes of the elements of sets and maps in a <see cref="NftTransaction"/>. Each gives the number of the change.</summary>
/// <remarks>Elements are written at once and not kept: any number of them, in messages of bounded size, without garbage.</remarks>
public sealed class NftElementCommands
{
    // A list of elements is one attribute, whose length has 16 bits; an element has less than the rest.
    private const int MaxListLength = 48 * 1024;

    private readonly NftTransaction _transaction;

    internal NftElementCommands(NftTransaction transaction) => _transaction = transaction;

    /// <summary>Adds an element unless it is there: <c>nft add element</c>.</summary>
    /// <param name="set">The set or map.</param>
    /// <param name="element">The element.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftSetKey set, in NftElement element) => Add(set, new ReadOnlySpan<NftElement>(in element));

    /// <summary>Adds elements unless they are there: <c>nft add element</c>.</summary>
    /// <param name="set">The set or map.</param>
    /// <param name="elements">The elements.</param>
    /// <returns>The change's number.</returns>
    public int Add(NftSetKey set, ReadOnlySpan<NftElement> elements) =>
        Submit("add elements to set", NFT_MSG_NEWSETELEM, NLM_F_CREATE, set, elements);

    /// <summary>Adds elements that must not be there: <c>nft create element</c>.</summary>
    /// <param name="set">The set or map.</param>
    /// <param name="elements">The elements.</param>
    /// <returns>The change's number.</returns>
    public int Create(NftSetKey set, ReadOnlySpan<NftElement> elements) =>
        Submit("create elements in set", NFT_MSG_NEWSETELEM, NLM_F_CREATE | NLM_F_EXCL, set, elements);

    /// <summary>Deletes an element: <c>nft delete element</c>.</summary>
    /// <param name="set">The set or map.</param>
    /// <param name="element">The element, which must be there; key, end and flags count.</param>
    /// <returns>The change's number.</returns>
    public int Delete(NftSetKey set, in NftElement element) => Delete(set, new ReadOnlySpan<NftElement>(in element));

    /// <summary>Deletes elements: <c>nft delete element</c>.</summary>
    /// <param name="set">The set or map.</param>
    /// <param name="elements">The elements, which must be there; key, end and flags count.</param>
    /// <returns>The change's number.</returns>
    public int Delete(NftSetKey set, ReadOnlySpan<NftElement> elements) =>
        Submit("delete elements of set", NFT_MSG_DELSETELEM, 0, set, elements);

    private int Submit(string operation, ushort type, ushort flags, NftSetKey set, ReadOnlySpan<NftElement> elements)
    {
        ArgumentNullException.ThrowIfNull(set);
        var (length, entries) = (_transaction.Length, _transaction.Entries);
        try
        {
            for (var first = 0; first < elements.Length;)
                first += WriteMessage(operation, type, flags, set, elements[first..], first);
        }
        catch
        {
            _transaction.TakeBack(length, entries);
            throw;
        }
        return _transaction.NextChange();
    }

    /// <summary>Writes as many elements as one message takes, and gives their number.</summary>
    private int WriteMessage(string operation, ushort type, ushort flags, NftSetKey set, ReadOnlySpan<NftElement> elements, int first)
    {
        var writer = _transaction.Begin(type, flags, out var start);
        NftElementList.WriteSet(ref writer, set);
        var list = writer.BeginNested(NFTA_SET_ELEM_LIST_ELEMENTS);
        var count = 0;
        while (count < elements.Length && writer.Length - list < MaxListLength)
            elements[count++].Write(ref writer);
        writer.EndNested(list);
        _transaction.End(start, operation, set, first);
        return count;
    }
}
