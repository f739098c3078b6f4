using System.Net;
using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>Why an address that nobody holds must not be given out.</summary>
public enum StoredAddressKind
{
    /// <summary>It was released, and rests.</summary>
    Resting,

    /// <summary>The cloud was asked to unassign it; whether it did may not be known.</summary>
    Unassigning,
}

/// <summary>An address that nobody holds but that must not be given out.</summary>
/// <param name="Address">The address.</param>
/// <param name="Eni">The ENI that it is or was assigned to.</param>
/// <param name="Kind">Why it is kept back.</param>
/// <param name="Until">Until when it rests; for an unassigned one, until when the metadata service may still show it (UTC).</param>
public sealed record StoredAddress(IPAddress Address, EniId Eni, StoredAddressKind Kind, DateTimeOffset Until);
