using System.Collections.Immutable;
using System.Net;

namespace Terway.Policy.Dataplane;

/// <summary>Somebody who waits for a pod's policies.</summary>
internal sealed class EndpointWaiter(ResourceKey pod, ImmutableArray<IPAddress> addresses)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ResourceKey Pod => pod;

    internal Task Task => _done.Task;

    internal bool IsSatisfiedBy(DataplaneStatus status) =>
        status.Endpoints.TryGetValue(pod, out var found) && addresses.All(a => found.Endpoint.Addresses.Contains(a));

    internal void Complete() => _done.TrySetResult();
}
