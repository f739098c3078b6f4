namespace Terway.Cloud.Testing.Internal;

/// <summary>What the metadata service says about an instance itself.</summary>
internal static class InstanceView
{
    internal static InstanceIdentity Identity(World world, InstanceId id)
    {
        lock (world.Gate)
        {
            var instance = world.Instance(id);
            var primary = world.Eni(instance.PrimaryEni).Value;
            return new InstanceIdentity
            {
                InstanceId = id,
                InstanceType = instance.Limits.InstanceType,
                RegionId = world.Options.RegionId,
                ZoneId = primary.ZoneId,
                VpcId = primary.VpcId,
                VpcCidr = world.Vpcs[primary.VpcId].Cidr,
                VSwitchId = primary.VSwitchId,
                PrimaryMacAddress = primary.MacAddress,
            };
        }
    }
}
