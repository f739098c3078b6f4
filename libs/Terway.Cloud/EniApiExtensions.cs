using System.Collections.Immutable;

namespace Terway.Cloud;

/// <summary>Shapes of the describe calls that callers want often.</summary>
public static class EniApiExtensions
{
    /// <summary>All ENIs that a query finds, in the cloud's order.</summary>
    /// <param name="api">The cloud.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static async Task<ImmutableArray<NetworkInterface>> ListNetworkInterfacesAsync(
        this IEniApi api, NetworkInterfaceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        var found = ImmutableArray.CreateBuilder<NetworkInterface>();
        await foreach (var eni in api.DescribeNetworkInterfacesAsync(query, cancellationToken).ConfigureAwait(false))
            found.Add(eni);
        return found.DrainToImmutable();
    }

    /// <summary>One ENI, or null when it does not exist.</summary>
    /// <param name="api">The cloud.</param>
    /// <param name="eniId">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<NetworkInterface?> FindNetworkInterfaceAsync(
        this IEniApi api, EniId eniId, CancellationToken cancellationToken = default)
    {
        var found = await api.ListNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = [eniId] }, cancellationToken).ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    /// <summary>One vSwitch, or null when it does not exist.</summary>
    /// <param name="api">The cloud.</param>
    /// <param name="vSwitchId">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<VSwitch?> FindVSwitchAsync(
        this IEniApi api, VSwitchId vSwitchId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        await foreach (var vSwitch in api.DescribeVSwitchesAsync(new VSwitchQuery { Id = vSwitchId }, cancellationToken).ConfigureAwait(false))
            return vSwitch;
        return null;
    }

    /// <summary>The limits of one instance type, or null when the cloud does not know it.</summary>
    /// <param name="api">The cloud.</param>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<InstanceTypeLimits?> FindInstanceTypeAsync(
        this IEniApi api, InstanceTypeId type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(api);
        await foreach (var limits in api.DescribeInstanceTypesAsync([type], cancellationToken).ConfigureAwait(false))
            return limits;
        return null;
    }
}
