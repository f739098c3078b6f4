using static Terway.Netlink.NfTablesConstants;

namespace Terway.Netlink;

/// <summary>What makes a chain a base chain: <c>type filter hook forward priority 0; policy accept;</c>.</summary>
public sealed record NftBaseChain
{
    /// <summary>The kind: <c>filter</c>, <c>nat</c> or <c>route</c>.</summary>
    public string Type { get; init; } = "filter";

    /// <summary>Where it sees packets.</summary>
    public required NftHook Hook { get; init; }

    /// <summary>Its place among the chains of the hook: lower ones come first; 0 is that of filtering, -300 raw, -150 mangle.</summary>
    public int Priority { get; init; }

    /// <summary>What becomes of a packet at its end; null when adding is to accept.</summary>
    public NftChainPolicy? Policy { get; init; }

    /// <summary>The link, for ingress and egress.</summary>
    public string? Device { get; init; }

    /// <summary>Attributes of the hook that have no name here.</summary>
    public RawAttributes Unknown { get; init; } = RawAttributes.Empty;

    internal void Write(ref NetlinkWriter writer)
    {
        var hook = writer.BeginNested(NFTA_CHAIN_HOOK);
        writer.WriteUInt32BigEndian(NFTA_HOOK_HOOKNUM, (uint)Hook);
        writer.WriteUInt32BigEndian(NFTA_HOOK_PRIORITY, (uint)Priority);
        writer.WriteString(NFTA_HOOK_DEV, Device);
        writer.WriteRaw(Unknown);
        writer.EndNested(hook);
        writer.WriteUInt32BigEndian(NFTA_CHAIN_POLICY, (uint?)Policy);
        writer.WriteString(NFTA_CHAIN_TYPE, Type);
    }

    internal static NftBaseChain? Read(ref AttributeTable chain)
    {
        if (!chain.TryTake(NFTA_CHAIN_HOOK, out var nested))
            return null;
        var hook = new AttributeTable(nested.Nested, stackalloc AttributeSlot[NFTA_HOOK_DEV + 1]);
        return new()
        {
            Type = chain.String(NFTA_CHAIN_TYPE) ?? throw NetlinkReader.Malformed("a base chain without type"),
            Hook = (NftHook)(hook.UInt32BigEndian(NFTA_HOOK_HOOKNUM) ?? throw NetlinkReader.Malformed("a base chain without hook")),
            Priority = (int)(hook.UInt32BigEndian(NFTA_HOOK_PRIORITY) ?? 0),
            Policy = (NftChainPolicy?)chain.UInt32BigEndian(NFTA_CHAIN_POLICY),
            Device = hook.String(NFTA_HOOK_DEV),
            Unknown = hook.TakeRest(),
        };
    }
}
