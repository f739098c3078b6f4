namespace Terway.Netlink;

/// <summary>A change that made the kernel refuse a transaction.</summary>
/// <param name="Change">The change's number in the transaction, from 0; null when the transaction as a whole was refused.</param>
/// <param name="Element">Of a change of elements, the number of the one that was refused, where the kernel tells (Linux 5.15).</param>
/// <param name="Error">Why.</param>
public sealed record NftFailure(int? Change, int? Element, NetlinkException Error);
