namespace Terway.Netlink;

/// <summary>The handle of a qdisc or class, <c>major:minor</c> in hexadecimal, or one of the fixed places, as in <c>tc</c>.</summary>
/// <param name="Value">The number: major in the upper half.</param>
public readonly record struct TcHandle(uint Value)
{
    /// <summary>No handle.</summary>
    public static TcHandle None => default;

    /// <summary>The root of a link (<c>root</c>).</summary>
    public static TcHandle Root => new(0xFFFF_FFFF);

    /// <summary>Where <c>clsact</c> and <c>ingress</c> qdiscs are attached (<c>ffff:fff1</c>).</summary>
    public static TcHandle Ingress => new(0xFFFF_FFF1);

    /// <summary>Filters of packets that come in, below <c>clsact</c> (<c>ingress</c>, <c>ffff:fff2</c>).</summary>
    public static TcHandle ClsactIngress => new(0xFFFF_FFF2);

    /// <summary>Filters of packets that go out, below <c>clsact</c> (<c>egress</c>, <c>ffff:fff3</c>).</summary>
    public static TcHandle ClsactEgress => new(0xFFFF_FFF3);

    /// <summary>The upper half.</summary>
    public ushort Major => (ushort)(Value >> 16);

    /// <summary>The lower half.</summary>
    public ushort Minor => (ushort)Value;

    /// <summary>The handle of two halves.</summary>
    /// <param name="major">The upper half: the qdisc.</param>
    /// <param name="minor">The lower half: the class; 0 for the qdisc itself.</param>
    /// <returns>The handle.</returns>
    public static TcHandle Of(ushort major, ushort minor = 0) => new((uint)major << 16 | minor);

    /// <inheritdoc/>
    public override string ToString() => this == Root ? "root" : Minor == 0 ? $"{Major:x}:" : $"{Major:x}:{Minor:x}";
}
