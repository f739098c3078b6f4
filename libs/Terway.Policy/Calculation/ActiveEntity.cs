using System.Net;

namespace Terway.Policy;

/// <summary>One end of an active rule. Sets are named by their ids.</summary>
/// <remarks>A rule whose <see cref="Nets"/> or <see cref="NotNets"/> hold none of a packet's version of IP does not match it.</remarks>
public sealed record ActiveEntity
{
    /// <summary>The end that restricts nothing.</summary>
    public static ActiveEntity Anything { get; } = new();

    /// <summary>Blocks, one of which holds the address.</summary>
    public EquatableArray<IPNetwork> Nets { get; init; }

    /// <summary>Blocks, none of which holds the address.</summary>
    public EquatableArray<IPNetwork> NotNets { get; init; }

    /// <summary>The set that holds the address.</summary>
    public string? Set { get; init; }

    /// <summary>The set that does not hold the address.</summary>
    public string? NotSet { get; init; }

    /// <summary>Ports by number. With <see cref="PortSets"/> it is one of these or in one of those.</summary>
    public EquatableArray<PortRange> Ports { get; init; }

    /// <summary>Sets of which one holds the address, protocol and port.</summary>
    public EquatableArray<string> PortSets { get; init; }

    /// <summary>Ports by number, of which it is none.</summary>
    public EquatableArray<PortRange> NotPorts { get; init; }

    /// <summary>Sets of which none holds the address, protocol and port.</summary>
    public EquatableArray<string> NotPortSets { get; init; }
}
