using System.Collections.Immutable;
using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The emulator as the seam, without HTTP: the same calls, refusals and times, no retries.</summary>
internal sealed class InMemoryEniApi(CallPipeline pipeline) : IEniApi
{
    public Task<CloudReply<NetworkInterface>> CreateNetworkInterfaceAsync(CreateNetworkInterfaceRequest request, CancellationToken cancellationToken) =>
        CallAsync(CallCatalog.Create(request), Reply, cancellationToken);

    public Task<CloudReply> AttachNetworkInterfaceAsync(AttachNetworkInterfaceRequest request, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.Attach(request), cancellationToken);

    public Task<CloudReply> DetachNetworkInterfaceAsync(DetachNetworkInterfaceRequest request, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.Detach(request), cancellationToken);

    public Task<CloudReply> DeleteNetworkInterfaceAsync(EniId eniId, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.Delete(eniId), cancellationToken);

    public IAsyncEnumerable<NetworkInterface> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken) =>
        List(CallCatalog.DescribeEnis(query), cancellationToken);

    public Task<CloudReply<NetworkInterface>> DescribeNetworkInterfaceAttributeAsync(EniId eniId, EniAttribute attribute, CancellationToken cancellationToken) =>
        CallAsync(CallCatalog.DescribeAttribute(eniId, attribute), outcome => new CloudReply<NetworkInterface>(outcome.Value!.Eni, outcome.RequestId), cancellationToken);

    public Task<CloudReply<AssignedAddresses>> AssignPrivateIpAddressesAsync(AssignPrivateIpAddressesRequest request, CancellationToken cancellationToken) =>
        CallAsync(CallCatalog.AssignIpv4(request), Reply, cancellationToken);

    public Task<CloudReply> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesRequest request, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.UnassignIpv4(request), cancellationToken);

    public Task<CloudReply<AssignedAddresses>> AssignIpv6AddressesAsync(AssignIpv6AddressesRequest request, CancellationToken cancellationToken) =>
        CallAsync(CallCatalog.AssignIpv6(request), Reply, cancellationToken);

    public Task<CloudReply> UnassignIpv6AddressesAsync(UnassignIpv6AddressesRequest request, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.UnassignIpv6(request), cancellationToken);

    public Task<CloudReply> ModifyNetworkInterfaceAttributeAsync(ModifyNetworkInterfaceRequest request, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.Modify(request), cancellationToken);

    public IAsyncEnumerable<VSwitch> DescribeVSwitchesAsync(VSwitchQuery query, CancellationToken cancellationToken) =>
        List(CallCatalog.DescribeVSwitches(query), cancellationToken);

    public IAsyncEnumerable<InstanceTypeLimits> DescribeInstanceTypesAsync(EquatableArray<InstanceTypeId> types, CancellationToken cancellationToken) =>
        List(CallCatalog.DescribeTypes(types), cancellationToken);

    public IAsyncEnumerable<Instance> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        List(CallCatalog.DescribeInstances(query), cancellationToken);

    public IAsyncEnumerable<SecurityGroup> DescribeSecurityGroupsAsync(SecurityGroupQuery query, CancellationToken cancellationToken) =>
        List(CallCatalog.DescribeGroups(query), cancellationToken);

    public Task<CloudReply> TagResourcesAsync(TagResourcesRequest request, CancellationToken cancellationToken) =>
        ActAsync(CallCatalog.Tag(request), cancellationToken);

    private static CloudReply<T> Reply<T>(CallOutcome<T> outcome) => new(outcome.Value!, outcome.RequestId);

    private Task<CloudReply> ActAsync(CallSpec<CallDone> spec, CancellationToken cancellationToken) =>
        CallAsync(spec, outcome => new CloudReply(outcome.RequestId), cancellationToken);

    private SnapshotSequence<T> List<T>(CallSpec<ImmutableArray<T>> spec, CancellationToken cancellationToken) =>
        new(() => CallAsync(spec, outcome => outcome.Value, cancellationToken));

    private Task<TReply> CallAsync<T, TReply>(CallSpec<T> spec, Func<CallOutcome<T>, TReply> reply, CancellationToken cancellationToken)
        where T : notnull
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TReply>(cancellationToken);
        // Runs inside the thread that completes the call, whatever context it has: with a virtual clock nothing leaves that thread.
        return pipeline.InvokeAsync(spec)
            .ContinueWith(
                call => reply(Check(spec.Action, call.GetAwaiter().GetResult())),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default)
            .WaitAsync(cancellationToken);
    }

    private static CallOutcome<T> Check<T>(string action, CallOutcome<T> outcome)
    {
        if (outcome.ReplyLost)
            throw AlibabaErrors.NoAnswer(action, AlibabaErrors.TimeoutCode, "No answer came in time.");
        if (outcome.Refusal is { } refusal)
        {
            throw AlibabaErrors.FromResponse(
                action, refusal.Status, refusal.Code, refusal.Message, outcome.RequestId,
                detail: new ServiceErrorDetail { HostId = "in memory", AccessDenied = refusal.AccessDenied });
        }
        return outcome;
    }
}
