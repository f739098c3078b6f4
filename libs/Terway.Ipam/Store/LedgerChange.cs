using System.Net;
using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>One change of a store.</summary>
public abstract record LedgerChange
{
    private LedgerChange()
    {
    }

    /// <summary>Adds a lease, or replaces the attachment's.</summary>
    /// <param name="Lease">The lease.</param>
    public sealed record PutLease(Lease Lease) : LedgerChange;

    /// <summary>Removes a lease; nothing happens when there is none.</summary>
    /// <param name="Attachment">Its attachment.</param>
    public sealed record DropLease(AttachmentKey Attachment) : LedgerChange;

    /// <summary>Keeps an address back, or changes until when.</summary>
    /// <param name="Address">The address.</param>
    public sealed record PutAddress(StoredAddress Address) : LedgerChange;

    /// <summary>Keeps an address back no longer.</summary>
    /// <param name="Address">The address.</param>
    public sealed record DropAddress(IPAddress Address) : LedgerChange;

    /// <summary>Adds an ENI, or replaces the one with the same token.</summary>
    /// <param name="Eni">The ENI.</param>
    public sealed record PutEni(StoredEni Eni) : LedgerChange
    {
        /// <summary>True for the intent to create an ENI, which must survive even a loss of power: the cloud is asked right after.</summary>
        public bool IsIntent => Eni.Eni is null;
    }

    /// <summary>Removes an ENI.</summary>
    /// <param name="Token">Its token.</param>
    public sealed record DropEni(ClientToken Token) : LedgerChange;

    /// <summary>Replaces what is known about the node.</summary>
    /// <param name="Node">The node.</param>
    public sealed record PutNode(StoredNode Node) : LedgerChange;
}
