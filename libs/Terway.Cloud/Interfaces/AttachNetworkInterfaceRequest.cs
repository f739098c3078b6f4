namespace Terway.Cloud;

/// <summary>Which ENI <c>AttachNetworkInterface</c> attaches to what.</summary>
/// <param name="EniId">The ENI; it must be Available.</param>
/// <param name="InstanceId">The instance; same zone and VPC.</param>
/// <param name="TrunkEniId">The trunk ENI on that instance that shall carry it, else null.</param>
/// <param name="NetworkCardIndex">The network card, for types with several, else null.</param>
public sealed record AttachNetworkInterfaceRequest(EniId EniId, InstanceId InstanceId, EniId? TrunkEniId = null, int? NetworkCardIndex = null);
