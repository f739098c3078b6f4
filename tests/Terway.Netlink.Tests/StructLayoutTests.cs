using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Terway.Netlink.Tests;

/// <summary>Sizes and offsets as in the uapi headers; they are the same on every 64-bit architecture.</summary>
public sealed class StructLayoutTests
{
    public static TheoryData<Type, int> Sizes => new()
    {
        { typeof(NetlinkHeader), 16 },
        { typeof(LinkHeader), 16 },
        { typeof(AddressHeader), 8 },
        { typeof(AddressLifetimes), 16 },
        { typeof(RouteHeader), 12 },
        { typeof(NextHopHeader), 8 },
        { typeof(RuleHeader), 12 },
        { typeof(PortRange), 4 },
        { typeof(UserIdRange), 8 },
        { typeof(NeighbourHeader), 12 },
        { typeof(TcHeader), 20 },
        { typeof(TcRateSpec), 12 },
        { typeof(TcTbfOptions), 36 },
        { typeof(TcHtbGlobal), 20 },
        { typeof(TcPrioOptions), 20 },
        { typeof(TcU32Selector), 16 },
        { typeof(U32Key.Wire), 16 },
        { typeof(TcActionHeader), 20 },
        { typeof(TcMirred), 28 },
        { typeof(TcVlan), 24 },
        { typeof(GenericHeader), 1 },
        { typeof(NetfilterHeader), 4 },
        { typeof(Interop.NetlinkSocketAddress), 12 },
        { typeof(Interop.TimeValue), 16 },
        { typeof(Interop.FileStatus), 256 },
        { typeof(LinkStatistics), 64 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Size_is_the_kernels(Type type, int size)
    {
        var sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type);

        sizeOf.Invoke(null, null).Should().Be(size);
    }

    [Theory]
    [InlineData(typeof(NetlinkHeader), "Sequence", 8)]
    [InlineData(typeof(LinkHeader), "Type", 2)]
    [InlineData(typeof(LinkHeader), "Index", 4)]
    [InlineData(typeof(LinkHeader), "Change", 12)]
    [InlineData(typeof(AddressHeader), "Index", 4)]
    [InlineData(typeof(RouteHeader), "Table", 4)]
    [InlineData(typeof(RouteHeader), "Flags", 8)]
    [InlineData(typeof(NextHopHeader), "Index", 4)]
    [InlineData(typeof(RuleHeader), "Action", 7)]
    [InlineData(typeof(NeighbourHeader), "Index", 4)]
    [InlineData(typeof(NeighbourHeader), "State", 8)]
    [InlineData(typeof(NeighbourHeader), "Type", 11)]
    [InlineData(typeof(TcHeader), "Info", 16)]
    [InlineData(typeof(TcRateSpec), "Rate", 8)]
    [InlineData(typeof(TcTbfOptions), "Limit", 24)]
    [InlineData(typeof(TcU32Selector), "OffsetMask", 4)]
    [InlineData(typeof(TcU32Selector), "HashMask", 12)]
    [InlineData(typeof(TcActionHeader), "Control", 8)]
    [InlineData(typeof(TcMirred), "Index", 24)]
    [InlineData(typeof(Interop.FileStatus), "Inode", 32)]
    [InlineData(typeof(Interop.FileStatus), "DeviceMajor", 136)]
    public void Field_is_where_the_kernel_has_it(Type type, string field, int offset)
    {
        ArgumentNullException.ThrowIfNull(type);
        type.GetField(field, BindingFlags.Instance | BindingFlags.NonPublic).Should().NotBeNull();

        ((int)Marshal.OffsetOf(type, field)).Should().Be(offset);
    }
}
