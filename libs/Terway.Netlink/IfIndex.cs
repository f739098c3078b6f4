namespace Terway.Netlink;

/// <summary>The index of a link within its network namespace, as in <c>ip link</c>'s first column.</summary>
/// <remarks>Indexes start at 1; <see cref="None"/> (0) stands for no link.</remarks>
/// <param name="Value">The number.</param>
public readonly record struct IfIndex(int Value)
{
    /// <summary>No link.</summary>
    public static IfIndex None => default;

    /// <summary>The loopback link, which has this index in every namespace.</summary>
    public static IfIndex Loopback => new(1);

    /// <summary>Whether this is no link.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
