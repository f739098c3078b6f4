namespace Terway.Cloud;

/// <summary>Which ENI <c>DetachNetworkInterface</c> takes from what.</summary>
/// <param name="EniId">The ENI.</param>
/// <param name="InstanceId">The instance it is attached to.</param>
/// <param name="TrunkEniId">The trunk ENI that carries it, else null.</param>
public sealed record DetachNetworkInterfaceRequest(EniId EniId, InstanceId InstanceId, EniId? TrunkEniId = null);
