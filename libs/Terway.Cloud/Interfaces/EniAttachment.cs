namespace Terway.Cloud;

/// <summary>Where an ENI is attached.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="DeviceIndex">The position on the instance; for a member ENI the VLAN id on its trunk.</param>
/// <param name="NetworkCardIndex">The network card, 0 where the type has only one.</param>
/// <param name="TrunkEniId">The trunk ENI that carries a member, else null.</param>
public sealed record EniAttachment(InstanceId InstanceId, int DeviceIndex, int NetworkCardIndex = 0, EniId? TrunkEniId = null);
