using System.Net;
using Terway.Cloud;
using Terway.Cni.Daemon;
using Terway.Ipam;

namespace Terwayd.Show;

/// <summary>The pool's history of one address, ENI or pod.</summary>
internal static class EventDocuments
{
    internal static IReadOnlyList<EventRow> Of(EniPool pool, ShowRequest request) => request switch
    {
        { Subject: ShowSubject.Address, Name: { } name } when IPAddress.TryParse(name, out var address) => Rows(pool.HistoryOf(address)),
        { Subject: ShowSubject.Eni, Name: { Length: > 0 } name } => Rows(pool.HistoryOf(new EniId(name))),
        { Subject: ShowSubject.Pod, Name: { } name } when name.Split('/') is [{ Length: > 0 } space, { Length: > 0 } pod] => Rows(pool.HistoryOf(new PodKey(space, pod))),
        _ => throw new DaemonException(new DaemonError(
            ErrorCode.InvalidRequest, $"show {request.Subject}: \"{request.Name}\" is not the name of one",
            Hint: "name an IP address, an ENI's id, or a pod as NAMESPACE/NAME")),
    };

    internal static FaultRow Row(PoolFault fault) =>
        new(fault.Code, fault.Operation, fault.Subject, fault.Reason, fault.Hint, Owner(fault.Owner), fault.At);

    /// <summary>As JSON writes names: <c>nodeLimit</c>.</summary>
    private static string Owner(FaultOwner owner) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(owner.ToString());

    private static IReadOnlyList<EventRow> Rows(IEnumerable<PoolEvent> events) => [.. events.Select(Row)];

    private static EventRow Row(PoolEvent e) => new()
    {
        At = e.At,
        What = e.What,
        Why = e.Why,
        Call = e.Call,
        CallId = e.CallId?.Value,
        Eni = e.Eni?.Value,
        Address = e.Address?.ToString(),
        Pod = e.Pod?.ToString(),
        ContainerId = e.Attachment?.ContainerId,
        RequestId = e.Request,
        Fault = e.Fault is { } fault ? Row(fault) : null,
    };
}
