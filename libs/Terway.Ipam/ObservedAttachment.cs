using System.Net;

namespace Terway.Ipam;

/// <summary>An address that the kernel shows in use by a pod of this node: evidence for recovery.</summary>
/// <param name="Address">The pod's address, as the host's routes or rules show it.</param>
/// <param name="Attachment">The attachment, when the kernel's state tells it (an interface alias, for example).</param>
public sealed record ObservedAttachment(IPAddress Address, AttachmentKey? Attachment = null);
