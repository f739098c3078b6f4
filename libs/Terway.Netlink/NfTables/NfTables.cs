using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>A connection to nf_tables, the packet filter of one network namespace: what <c>nft</c> shows and changes.</summary>
/// <remarks>
/// Reading is done here, changes in a <see cref="NftTransaction"/>. Synchronous by design, as <see cref="RtNetlink"/>; thread-safe:
/// requests take turns. Needs CAP_NET_ADMIN, for reading too. Linux 4.19 or newer; single members say more.
/// </remarks>
public sealed class NfTables : IDisposable
{
    // Between two reads the rulesets may have changed. Under steady change that can go on; an error is then worth more than a wait.
    private const int MaxReadAttempts = 16;

    private readonly NetlinkConnection _connection;

    internal NfTables(INetlinkTransport transport) => _connection = new(transport, NetfilterConstants.AnswerTo);

    /// <summary>Connects to the namespace of the calling thread.</summary>
    /// <returns>The connection.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NfTables Open() => new(NetlinkSocket.Open(NetlinkConstants.NETLINK_NETFILTER));

    /// <summary>Connects to a namespace. The calling thread stays where it is.</summary>
    /// <param name="target">The namespace, which may be disposed of before the connection.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NfTables Open(NetworkNamespace target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Run(Open);
    }

    /// <summary>Starts gathering changes that the kernel makes all together or not at all.</summary>
    /// <returns>An empty transaction.</returns>
    public NftTransaction CreateTransaction() => new(_connection);

    /// <summary>The present state's number; every transaction that changes something makes the next.</summary>
    /// <returns>The number, and who made it where the kernel tells.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public NftGeneration GetGeneration()
    {
        var all = new NftReference("rulesets", NftFamily.Unspecified, null);
        return _connection.Find<NftGeneration>("get generation of", NFT_MSG_GETGEN, all)
            ?? throw new NetlinkException("get generation of", "rulesets", Errno.NoEntry);
    }

    /// <summary>Lists tables: <c>nft list tables</c>.</summary>
    /// <param name="family">Of which family.</param>
    /// <returns>The tables in the kernel's order.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftTable> ListTables(NftFamily family = NftFamily.Unspecified) => List<NftTable>(
        "list tables of", NFT_MSG_GETTABLE, new($"family {family.Word()}", family, null),
        table => family == NftFamily.Unspecified || table.Key.Family == family);

    /// <summary>Looks for a table.</summary>
    /// <param name="key">Which.</param>
    /// <returns>The table, or null when there is none.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public NftTable? FindTable(NftTableKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _connection.Find<NftTable>("get table", NFT_MSG_GETTABLE, new NftReference(key, key.Family, key.Name));
    }

    /// <summary>Lists the chains of a table.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The chains in the order in which they were added; none when there is no such table.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftChain> ListChains(NftTableKey table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return List<NftChain>("list chains of", NFT_MSG_GETCHAIN, new(table, table.Family, table.Name), chain => chain.Key.Table == table);
    }

    /// <summary>Lists the rules of a table, chain after chain.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The rules, those of a chain in their order; none when there is no such table.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftRule> ListRules(NftTableKey table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return List<NftRule>("list rules of", NFT_MSG_GETRULE, new(table, table.Family, table.Name), rule => rule.Chain.Table == table);
    }

    /// <summary>Lists the rules of a chain: <c>nft list chain</c>.</summary>
    /// <param name="chain">The chain.</param>
    /// <returns>The rules in their order; none when there is no such chain.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftRule> ListRules(NftChainKey chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var reference = new NftReference(chain, chain.Table.Family, chain.Table.Name) { Name = (NFTA_RULE_CHAIN, chain.Name) };
        return List<NftRule>("list rules of", NFT_MSG_GETRULE, reference, rule => rule.Chain == chain);
    }

    /// <summary>Lists the sets and maps of a table, those without a name too, without their elements.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The sets; none when there is no such table.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftSet> ListSets(NftTableKey table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return List<NftSet>("list sets of", NFT_MSG_GETSET, new(table, table.Family, table.Name), set => set.Key.Table == table);
    }

    /// <summary>Lists the elements of a set or map: <c>nft list set</c>.</summary>
    /// <param name="set">The set.</param>
    /// <returns>The elements in the kernel's order: intervals from the highest down, others in none.</returns>
    /// <exception cref="NetlinkException">The kernel refused, for instance because there is no such set.</exception>
    public IReadOnlyList<NftElement> ListElements(NftSetKey set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var reference = new NftReference(set, set.Table.Family, set.Table.Name) { Name = (NFTA_SET_ELEM_LIST_SET, set.Name) };
        for (var attempt = 0; attempt < MaxReadAttempts; attempt++)
        {
            var lists = List<NftElementList>("list elements of", NFT_MSG_GETSETELEM, reference, static _ => true);
            if (TryJoin(lists, out var elements))
                return elements;
        }
        throw new NetlinkException("list elements of", set.ToString(), Errno.TryAgain, "the set was rearranged during every attempt to read it");
    }

    /// <summary>Reads a table with all it holds, as it was at one moment.</summary>
    /// <param name="table">The table.</param>
    /// <returns>What it holds, and the generation; null when there is no such table.</returns>
    /// <exception cref="NetlinkException">The kernel refused, or the rulesets changed during every attempt.</exception>
    public NftTableContents? ReadTable(NftTableKey table)
    {
        ArgumentNullException.ThrowIfNull(table);
        for (var attempt = 0; attempt < MaxReadAttempts; attempt++)
        {
            var before = GetGeneration().Id;
            if (TryRead(table, before, out var contents) && GetGeneration().Id == before)
                return contents;
        }
        throw new NetlinkException("read table", table.ToString(), Errno.TryAgain, "the rulesets changed during every attempt to read it");
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Reads a table once; false when a set went away meanwhile.</summary>
    private bool TryRead(NftTableKey table, uint generation, out NftTableContents? contents)
    {
        contents = null;
        if (FindTable(table) is not { } found)
            return true;
        var sets = ListSets(table);
        var elements = new Dictionary<NftSetKey, IReadOnlyList<NftElement>>(sets.Count);
        try
        {
            foreach (var set in sets)
                elements.Add(set.Key, ListElements(set.Key));
        }
        catch (NetlinkException e) when (e.IsNotFound)
        {
            return false;
        }
        contents = new(generation, found, ListChains(table), ListRules(table), sets, elements);
        return true;
    }

    /// <summary>
    /// Joins the parts of a dump. A hash that grows in the background while it is dumped shows some elements twice, and for each of
    /// them another one not at all; the kernel does not say so.
    /// </summary>
    private static bool TryJoin(NftElementList[] lists, out NftElement[] elements)
    {
        elements = new NftElement[lists.Sum(list => list.Elements.Count)];
        var seen = new HashSet<(NftData, NftElementFlags)>(elements.Length);
        var count = 0;
        foreach (var list in lists)
        {
            foreach (ref readonly var element in list.Elements.AsSpan())
            {
                if (!seen.Add((element.Key, element.Flags)))
                    return false;
                elements[count++] = element;
            }
        }
        return true;
    }

    private TMessage[] List<TMessage>(string operation, ushort type, NftReference reference, Func<TMessage, bool> matches)
        where TMessage : class, INetlinkMessage<TMessage> => _connection.List(operation, type, new NftQuery<TMessage>(reference, matches));
}
