using System.Collections.Immutable;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Has the metadata service of an instance follow the API after its lag.</summary>
internal sealed class MetadataPublisher(World world, DelayedActions delays)
{
    private long _version;

    internal void Publish(InstanceId id)
    {
        EquatableArray<MetadataInterface> picture;
        long version;
        TimeSpan lag;
        lock (world.Gate)
        {
            if (!world.Instances.ContainsKey(id))
                return;
            picture = Picture(id);
            version = ++_version;
            lag = world.Knobs.Latencies.MetadataLag.Pick(world.Random);
        }
        delays.Run(lag, () => Show(id, picture, version));
    }

    private void Show(InstanceId id, EquatableArray<MetadataInterface> picture, long version)
    {
        lock (world.Gate)
        {
            // The lag is random: an older picture must not cover a newer one.
            if (!world.Instances.TryGetValue(id, out var instance) || version < instance.PublishedVersion)
                return;
            instance.Published = picture;
            instance.PublishedVersion = version;
        }
    }

    private ImmutableArray<MetadataInterface> Picture(InstanceId id) =>
    [
        .. world.EnisOf(id).Select(e => e.Value)
            .Where(eni => eni.Type != EniType.Member && (eni.Status == EniStatus.InUse || eni.Status == EniStatus.Detaching))
            .Select(Show),
    ];

    private MetadataInterface Show(NetworkInterface eni)
    {
        var vSwitch = world.VSwitch(eni.VSwitchId);
        return new MetadataInterface
        {
            MacAddress = eni.MacAddress,
            Id = eni.Id,
            PrimaryIpAddress = eni.PrimaryIpAddress,
            SecondaryIpAddresses = eni.SecondaryIpAddresses,
            Ipv6Addresses = eni.Ipv6Addresses,
            Ipv4Prefixes = eni.Ipv4Prefixes,
            Ipv6Prefixes = eni.Ipv6Prefixes,
            VSwitchId = eni.VSwitchId,
            VSwitchCidr = vSwitch.Ipv4.Cidr,
            VSwitchIpv6Cidr = vSwitch.Ipv6?.Cidr,
            Gateway = vSwitch.Ipv4.Gateway,
            Ipv6Gateway = vSwitch.Ipv6?.Gateway,
        };
    }
}
