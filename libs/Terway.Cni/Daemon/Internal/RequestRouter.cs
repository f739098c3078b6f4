namespace Terway.Cni.Daemon.Internal;

/// <summary>Checks a request and calls the method that it asks for.</summary>
internal static class RequestRouter
{
    private const int MaxRequestId = 64;

    public static async Task<DaemonReply> RouteAsync(
        IDaemonService service, RequestOrigin origin, DaemonRequest request, CancellationToken cancellationToken)
    {
        if (request.Version != DaemonContract.Version)
            throw new DaemonException(
                ErrorCode.IncompatibleVersion,
                $"the client speaks version {request.Version} of the contract, the daemon version {DaemonContract.Version}",
                hint: "install terway-cni and terwayd of the same release");
        if (!IsRequestId(request.RequestId))
            throw new DaemonException(ErrorCode.InvalidRequest, $"'{request.RequestId}' is not a request id: letters, digits and hyphens, 1 to {MaxRequestId}");

        var reply = new DaemonReply { RequestId = request.RequestId };
        switch (request.Operation)
        {
            case DaemonOperation.Allocate:
                return reply with { Allocation = await service.AllocateAsync(origin, Part(request.Allocate), cancellationToken).ConfigureAwait(false) };
            case DaemonOperation.Release:
                await service.ReleaseAsync(origin, Part(request.Release), cancellationToken).ConfigureAwait(false);
                return reply;
            case DaemonOperation.Inspect:
                return reply with { Allocation = await service.InspectAsync(origin, Part(request.Inspect), cancellationToken).ConfigureAwait(false) };
            case DaemonOperation.Collect:
                return reply with { Collected = await service.CollectAsync(origin, Part(request.Collect), cancellationToken).ConfigureAwait(false) };
            case DaemonOperation.Status:
                await service.StatusAsync(origin, cancellationToken).ConfigureAwait(false);
                return reply;
            case DaemonOperation.Show:
                return reply with { Document = await service.ShowAsync(origin, Part(request.Show), cancellationToken).ConfigureAwait(false) };
            default:
                throw new DaemonException(ErrorCode.InvalidRequest, $"the daemon has no operation '{request.Operation}'");
        }

        T Part<T>(T? part)
            where T : class =>
            part ?? throw new DaemonException(ErrorCode.InvalidRequest, $"the request says {request.Operation} and lacks that part");
    }

    private static bool IsRequestId(string text)
    {
        if (text.Length is 0 or > MaxRequestId)
            return false;
        foreach (char c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                return false;
        return true;
    }
}
