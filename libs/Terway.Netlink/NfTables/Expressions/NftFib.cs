namespace Terway.Netlink;

/// <summary>What <see cref="NftFib"/> asks with (<c>NFTA_FIB_F_*</c>).</summary>
[Flags]
public enum NftFibFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The packet's source.</summary>
    Source = 1,

    /// <summary>The packet's destination.</summary>
    Destination = 2,

    /// <summary>The mark too.</summary>
    Mark = 4,

    /// <summary>Only routes through the link that it came in through.</summary>
    InputInterface = 8,

    /// <summary>Only routes through the link that it goes out through.</summary>
    OutputInterface = 16,

    /// <summary>The answer is only whether there is one.</summary>
    Present = 32,
}

/// <summary>What <see cref="NftFib"/> asks for (<c>NFT_FIB_RESULT_*</c>).</summary>
public enum NftFibResult : uint
{
    /// <summary>The index of the link that a route leads through: 4 bytes in the host's order, 0 for none.</summary>
    OutputIndex = 1,

    /// <summary>The name of that link.</summary>
    OutputName = 2,

    /// <summary>The type of the address (<c>RTN_*</c>): 4 bytes in the host's order; 2 is one of this host.</summary>
    AddressType = 3,
}

/// <summary>Asks the routing tables: <c>fib</c>.</summary>
public sealed record NftFib : NftExpression
{
    internal const string KindName = "fib";

    private const ushort NFTA_FIB_DREG = 1;
    private const ushort NFTA_FIB_RESULT = 2;
    private const ushort NFTA_FIB_FLAGS = 3;

    /// <inheritdoc/>
    public override string Name => KindName;

    /// <summary>What is asked for.</summary>
    public required NftFibResult Result { get; init; }

    /// <summary>What it is asked with: the source or the destination at least.</summary>
    public required NftFibFlags Flags { get; init; }

    /// <summary>Where the answer goes to.</summary>
    public NftRegister Destination { get; init; } = NftRegister.First;

    private protected override void WriteData(ref NetlinkWriter writer)
    {
        writer.WriteRegister(NFTA_FIB_DREG, Destination);
        writer.WriteUInt32BigEndian(NFTA_FIB_RESULT, (uint)Result);
        writer.WriteUInt32BigEndian(NFTA_FIB_FLAGS, (uint)Flags);
    }

    internal static NftFib ReadData(ref AttributeTable data) => new()
    {
        Destination = data.RequiredRegister(NFTA_FIB_DREG),
        Result = (NftFibResult)data.RequiredNumber(NFTA_FIB_RESULT),
        Flags = (NftFibFlags)data.RequiredNumber(NFTA_FIB_FLAGS),
    };
}
