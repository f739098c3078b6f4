using System.Text.Json;

namespace Terway.Netlink.KernelTests;

/// <summary>A table in a namespace of its own, and <c>nft</c> to ask for the truth.</summary>
internal sealed class NftRuleset : IDisposable
{
    internal static readonly NftTableKey Table = new(NftFamily.Inet, "terway");

    internal NftRuleset(NftFamily family = NftFamily.Inet)
    {
        Key = Table with { Family = family };
        NfTables = NfTables.Open(Host.Namespace);
        Commit(t => t.Tables.Create(new NftTable { Key = Key }));
    }

    internal KernelNamespace Host { get; } = new();

    internal NfTables NfTables { get; }

    internal NftTableKey Key { get; }

    internal NftChainKey Chain(string name) => new(Key, name);

    internal NftSetKey Set(string name) => new(Key, name);

    internal void Commit(Action<NftTransaction> change) => Try(change).ThrowIfFailed();

    internal NftTransactionResult Try(Action<NftTransaction> change)
    {
        var transaction = NfTables.CreateTransaction();
        change(transaction);
        return transaction.Commit();
    }

    /// <summary>The objects of one kind that <c>nft -j list</c> shows.</summary>
    internal List<JsonElement> Nft(string kind, string arguments = "list ruleset") =>
    [
        .. JsonDocument.Parse(Host.Execute("nft", ["-j", .. arguments.Split(' ')])).RootElement.GetProperty("nftables").EnumerateArray()
            .Where(element => element.TryGetProperty(kind, out _)).Select(element => element.GetProperty(kind)),
    ];

    /// <summary>What <c>nft list chain</c> shows between the braces, a line each.</summary>
    internal List<string> NftRules(string chain) => Lines(Host.Execute("nft", "list", "chain", Key.ToString().Split(' ')[0], Key.Name, chain), skip: 2);

    private static List<string> Lines(string text, int skip) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Skip(skip).TakeWhile(line => line != "}")];

    public void Dispose()
    {
        NfTables.Dispose();
        Host.Dispose();
    }
}
