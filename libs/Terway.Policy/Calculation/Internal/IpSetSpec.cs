namespace Terway.Policy.Internal;

/// <summary>What is in an IP set: the addresses of all that a selector selects, or their ports of a name.</summary>
internal sealed record IpSetSpec(string Id, Selector Selector, string? PortName, IpProtocol? Protocol)
{
    internal IpSetKind Kind => PortName is null ? IpSetKind.Networks : IpSetKind.AddressesAndPorts;

    internal static IpSetSpec Of(Selector selector) => new(selector.Id, selector, null, null);

    internal static IpSetSpec OfPort(Selector selector, IpProtocol? protocol, string name)
    {
        var protocolName = protocol?.ToString().ToLowerInvariant() ?? "any";
        return new(SetIds.Make("n", $"{selector.Id},{protocolName},{name}"), selector, name, protocol);
    }
}
