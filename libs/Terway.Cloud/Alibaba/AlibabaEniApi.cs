using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Terway.Cloud.Alibaba;

/// <summary>ECS and VPC of Alibaba Cloud as the seam: RPC style over HTTP, signed by ACS3-HMAC-SHA256.</summary>
/// <remarks>
/// Repeats a call within bounds where that is safe: when it was throttled or never sent, and when no answer came to a read
/// or to a call with a client token. Waits for its own rate limits. Never logs a secret.
/// </remarks>
public sealed class AlibabaEniApi : IEniApi
{
    private const int EniPageSize = 500;
    private const int PageSize = 100;
    private const int VSwitchPageSize = 50;
    private const int MaxIdsPerCall = 100;
    private const int MaxTypesPerCall = 10;

    private readonly RpcClient _client;
    private readonly TokenedCalls _tokened;

    /// <summary>Makes a client.</summary>
    /// <param name="options">Where and how to call.</param>
    /// <param name="credentials">What to sign with.</param>
    /// <param name="httpClient">The transport; stays the caller's. Its own time-out should be infinite, as <see cref="AlibabaCloudOptions.RequestTimeout"/> rules.</param>
    /// <param name="logger">Takes a line per call; null for none.</param>
    public AlibabaEniApi(AlibabaCloudOptions options, ICredentialProvider credentials, HttpClient httpClient, ILogger<AlibabaEniApi>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(httpClient);
        _client = new RpcClient(options, credentials, httpClient, logger ?? NullLogger<AlibabaEniApi>.Instance);
        _tokened = new TokenedCalls(new ClientTokenCache(options.TimeProvider));
    }

    /// <inheritdoc/>
    public Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Equal requests are equal whatever the order of their tags.
        var canonical = request with { ClientToken = null, Tags = [.. request.Tags.OrderBy(t => t.Key, StringComparer.Ordinal)] };
        return _tokened.RunAsync(request.ClientToken, $"{canonical}", token => _client.CallAsync(
            RpcAction.CreateNetworkInterface, EniParameters.Create(canonical).Add("ClientToken", token.Value),
            WireJson.Default.WireEni, EniConversion.Eni, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<CloudReply> AttachNetworkInterfaceAsync(AttachNetworkInterfaceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ActAsync(
            RpcAction.AttachNetworkInterface,
            new RpcParameters().Add("NetworkInterfaceId", request.EniId.Value).Add("InstanceId", request.InstanceId.Value)
                .Add("TrunkNetworkInstanceId", request.TrunkEniId?.Value).Add("NetworkCardIndex", request.NetworkCardIndex),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CloudReply> DetachNetworkInterfaceAsync(DetachNetworkInterfaceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ActAsync(
            RpcAction.DetachNetworkInterface,
            new RpcParameters().Add("NetworkInterfaceId", request.EniId.Value).Add("InstanceId", request.InstanceId.Value)
                .Add("TrunkNetworkInstanceId", request.TrunkEniId?.Value),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken = default) =>
        ActAsync(RpcAction.DeleteNetworkInterface, new RpcParameters().Add("NetworkInterfaceId", eniId.Value), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(
        NetworkInterfaceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (var ids in Chunks(query.Ids, MaxIdsPerCall))
        {
            var pages = Paging.ByTokenAsync(
                RpcAction.DescribeNetworkInterfaces.Name,
                token => _client.CallAsync(
                    RpcAction.DescribeNetworkInterfaces,
                    EniParameters.Query(query, ids).Add("MaxResults", EniPageSize).Add("NextToken", token),
                    WireJson.Default.WireEniPage,
                    page => new Page<NetworkInterface>(
                        WireText.Items(page.NetworkInterfaceSets?.NetworkInterfaceSet, "NetworkInterfaceSets", EniConversion.Eni), page.NextToken),
                    cancellationToken));
            await foreach (var eni in pages.ConfigureAwait(false))
                yield return eni;
        }
    }

    /// <inheritdoc/>
    public async Task<CloudReply<NetworkInterface>> DescribeNetworkInterfaceAttributeAsync(
        EniId eniId, EniAttribute attribute, CancellationToken cancellationToken = default)
    {
        var action = RpcAction.DescribeNetworkInterfaceAttribute;
        var reply = await _client.CallAsync(
            action,
            new RpcParameters().Add("NetworkInterfaceId", eniId.Value).Add("Attribute", attribute.Value),
            WireJson.Default.WireEni,
            wire => string.IsNullOrEmpty(wire.NetworkInterfaceId) ? null : EniConversion.Eni(wire),
            cancellationToken).ConfigureAwait(false);
        // For an ENI that is gone the cloud answers an error, or a success without an ENI in it.
        return reply.Value is { } eni
            ? new CloudReply<NetworkInterface>(eni, reply.RequestId)
            : throw AlibabaErrors.FromResponse(action.Name, 404, "InvalidEniId.NotFound", $"The answer shows no network interface {eniId}.", reply.RequestId);
    }

    /// <inheritdoc/>
    public Task<CloudReply<AssignedAddresses>> AssignPrivateIpAddressesAsync(AssignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _tokened.RunAsync(request.ClientToken, $"{request with { ClientToken = null }}", token => _client.CallAsync(
            RpcAction.AssignPrivateIpAddresses, EniParameters.Assign(request).Add("ClientToken", token.Value),
            WireJson.Default.WireAssignedIpv4, EniConversion.AssignedIpv4, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ActAsync(
            RpcAction.UnassignPrivateIpAddresses,
            new RpcParameters().Add("NetworkInterfaceId", request.EniId.Value)
                .AddList("PrivateIpAddress", request.Addresses).AddList("Ipv4Prefix", request.Prefixes),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CloudReply<AssignedAddresses>> AssignIpv6AddressesAsync(AssignIpv6AddressesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _tokened.RunAsync(request.ClientToken, $"{request with { ClientToken = null }}", token => _client.CallAsync(
            RpcAction.AssignIpv6Addresses, EniParameters.Assign(request).Add("ClientToken", token.Value),
            WireJson.Default.WireAssignedIpv6, EniConversion.AssignedIpv6, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<CloudReply> UnassignIpv6AddressesAsync(UnassignIpv6AddressesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ActAsync(
            RpcAction.UnassignIpv6Addresses,
            new RpcParameters().Add("NetworkInterfaceId", request.EniId.Value)
                .AddList("Ipv6Address", request.Addresses).AddList("Ipv6Prefix", request.Prefixes),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CloudReply> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ActAsync(
            RpcAction.ModifyNetworkInterfaceAttribute,
            new RpcParameters().Add("NetworkInterfaceId", request.EniId.Value).Add("NetworkInterfaceName", request.Name)
                .Add("Description", request.Description).AddList("SecurityGroupId", request.SecurityGroupIds)
                .Add("SourceDestCheck", request.SourceDestCheck).Add("DeleteOnRelease", request.DeleteOnRelease)
                .AddConnectionTracking(request.ConnectionTracking),
            cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<VSwitch> DescribeVSwitchesAsync(VSwitchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Paging.ByNumberAsync(number => _client.CallAsync(
            RpcAction.DescribeVSwitches,
            new RpcParameters().Add("VSwitchId", query.Id?.Value).Add("VpcId", query.VpcId?.Value).Add("ZoneId", query.ZoneId?.Value)
                .AddTags(query.Tags).Add("PageNumber", number).Add("PageSize", VSwitchPageSize),
            WireJson.Default.WireVSwitchPage,
            page => new NumberedPage<VSwitch>(WireText.Items(page.VSwitches?.VSwitch, "VSwitches", Conversion.VSwitch), page.TotalCount ?? 0),
            cancellationToken));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<InstanceTypeLimits> DescribeInstanceTypesAsync(
        EquatableArray<InstanceTypeId> types, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var chunk in Chunks(types, MaxTypesPerCall))
        {
            var pages = Paging.ByTokenAsync(
                RpcAction.DescribeInstanceTypes.Name,
                token => _client.CallAsync(
                    RpcAction.DescribeInstanceTypes,
                    new RpcParameters().AddList("InstanceTypes", chunk).Add("MaxResults", PageSize).Add("NextToken", token),
                    WireJson.Default.WireTypePage,
                    page => new Page<InstanceTypeLimits>(
                        WireText.Items(page.InstanceTypes?.InstanceType, "InstanceTypes", Conversion.Limits), page.NextToken),
                    cancellationToken));
            await foreach (var limits in pages.ConfigureAwait(false))
                yield return limits;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Instance> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Paging.ByTokenAsync(
            RpcAction.DescribeInstances.Name,
            token => _client.CallAsync(
                RpcAction.DescribeInstances,
                new RpcParameters().Add("InstanceIds", JsonList(query.Ids)).Add("VpcId", query.VpcId?.Value)
                    .Add("ZoneId", query.ZoneId?.Value).AddTags(query.Tags).Add("MaxResults", PageSize).Add("NextToken", token),
                WireJson.Default.WireInstancePage,
                page => new Page<Instance>(WireText.Items(page.Instances?.Instance, "Instances", Conversion.Instance), page.NextToken),
                cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SecurityGroup> DescribeSecurityGroupsAsync(SecurityGroupQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Paging.ByTokenAsync(
            RpcAction.DescribeSecurityGroups.Name,
            token => _client.CallAsync(
                RpcAction.DescribeSecurityGroups,
                new RpcParameters().Add("SecurityGroupIds", JsonList(query.Ids)).Add("VpcId", query.VpcId?.Value)
                    .AddTags(query.Tags).Add("MaxResults", PageSize).Add("NextToken", token),
                WireJson.Default.WireGroupPage,
                page => new Page<SecurityGroup>(WireText.Items(page.SecurityGroups?.SecurityGroup, "SecurityGroups", Conversion.Group), page.NextToken),
                cancellationToken));
    }

    /// <inheritdoc/>
    public Task<CloudReply> TagResourcesAsync(TagResourcesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ActAsync(
            RpcAction.TagResources,
            new RpcParameters().Add("ResourceType", request.ResourceType).AddList("ResourceId", request.ResourceIds).AddTags(request.Tags),
            cancellationToken);
    }

    private static IEnumerable<EquatableArray<T>> Chunks<T>(EquatableArray<T> all, int size) =>
        all.IsEmpty ? [all] : all.Distinct().Chunk(size).Select(chunk => chunk.ToEquatableArray());

    /// <summary>Some list parameters are one JSON text.</summary>
    private static string? JsonList<T>(EquatableArray<T> ids) =>
        ids.IsEmpty ? null : JsonSerializer.Serialize([.. ids.Select(id => $"{id}")], WireJson.Default.StringArray);

    private async Task<CloudReply> ActAsync(RpcAction action, RpcParameters parameters, CancellationToken cancellationToken)
    {
        var reply = await _client.CallAsync(action, parameters, WireJson.Default.WireDone, done => done, cancellationToken).ConfigureAwait(false);
        return new CloudReply(reply.RequestId);
    }
}
