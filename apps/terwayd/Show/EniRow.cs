namespace Terwayd.Show;

/// <summary>One ENI, as <c>show enis</c> tells it.</summary>
internal sealed record EniRow
{
    /// <summary>Absent while its creation is under way.</summary>
    public string? Id { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset Since { get; init; }

    public string? Mac { get; init; }

    public required string VSwitch { get; init; }

    /// <summary>False for an ENI of another owner, which takes a slot of the instance and is left alone.</summary>
    public required bool Managed { get; init; }

    public required IReadOnlyList<AddressRow> Addresses { get; init; }
}
