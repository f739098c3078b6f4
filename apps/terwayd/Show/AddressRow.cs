namespace Terwayd.Show;

/// <summary>One address of an ENI.</summary>
internal sealed record AddressRow
{
    public required string Address { get; init; }

    public required string State { get; init; }

    public required bool Primary { get; init; }

    public string? Pod { get; init; }

    public DateTimeOffset? RestsUntil { get; init; }
}
