namespace Terway.Ipam.Internal;

/// <summary>The words for addresses and ENIs that vanished from the cloud under pods.</summary>
internal static class LossReport
{
    public static string KeyOf(PoolAddress address) => $"Address {address.Address}";

    public static string KeyOf(PoolEni eni) => $"ENI {eni.Name}";

    public static PoolFault Of(PoolAddress address, DateTimeOffset now) => new()
    {
        Code = IpamErrorCode.AddressLost,
        Operation = "compare with the cloud",
        Subject = $"{address.Address} of {address.Eni.Name}",
        Reason = $"the address is no longer assigned to the ENI, but pod {address.Lease?.Pod} holds it",
        Hint = "Delete the pod so that it gets another address; find out who unassigned this one.",
        Owner = FaultOwner.CloudFault,
        At = now,
    };

    public static PoolFault Of(PoolEni eni, DateTimeOffset now) => new()
    {
        Code = IpamErrorCode.EniLost,
        Operation = "compare with the cloud",
        Subject = eni.Name,
        Reason = $"the ENI is no longer attached to this instance, but {eni.Held} addresses of it are held by pods",
        Hint = "Delete these pods so that they get other addresses; find out who detached the ENI.",
        Owner = FaultOwner.CloudFault,
        At = now,
    };
}
