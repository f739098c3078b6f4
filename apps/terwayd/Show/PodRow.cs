namespace Terwayd.Show;

/// <summary>One attachment and what it holds, as <c>show pods</c> tells it.</summary>
internal sealed record PodRow
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public string? Uid { get; init; }

    public required string ContainerId { get; init; }

    public required string IfName { get; init; }

    public string? Network { get; init; }

    public string? NetNs { get; init; }

    public string? IPv4 { get; init; }

    public string? IPv6 { get; init; }

    public required string Eni { get; init; }

    public required string Mac { get; init; }

    public required string VSwitch { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }
}
