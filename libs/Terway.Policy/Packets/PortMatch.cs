namespace Terway.Policy;

/// <summary>A port as rules write it: a number, a range, or a name that each pod resolves for itself.</summary>
public readonly record struct PortMatch
{
    private PortMatch(PortRange? range, string? name) => (Range, Name) = (range, name);

    /// <summary>The numbers; null for a name.</summary>
    public PortRange? Range { get; }

    /// <summary>The name; null for numbers.</summary>
    public string? Name { get; }

    /// <summary>One port by its number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator PortMatch(ushort number) => Number(number, number);

    /// <summary>Ports by number.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last, included.</param>
    public static PortMatch Number(ushort first, ushort last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new(new PortRange(first, last), null);
    }

    /// <summary>A port by its name.</summary>
    /// <param name="name">The name.</param>
    public static PortMatch Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(null, name);
    }

    /// <summary>The port as Calico writes it.</summary>
    public override string ToString() => Name ?? Range.ToString() ?? "";
}
