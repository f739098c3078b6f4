using System.Collections.Immutable;
using System.Text.Json;
using Terway.Cni.Internal;

namespace Terway.Cni.Daemon.Internal;

/// <summary>Requests as they travel.</summary>
internal static class RequestCodec
{
    private const int MaxDepth = 16;

    public static ReadOnlyMemory<byte> Encode(DaemonRequest request) => JsonWrite.Object(json =>
    {
        json.WriteNumber("version", request.Version);
        json.WriteString("requestId", request.RequestId);
        json.WriteString("operation", ContractNames.Of(request.Operation));
        JsonWrite.Object(json, "allocate", request.Allocate, Write);
        JsonWrite.Object(json, "release", request.Release, Write);
        JsonWrite.Object(json, "inspect", request.Inspect, Write);
        JsonWrite.Object(json, "collect", request.Collect, Write);
        JsonWrite.Object(json, "show", request.Show, Write);
    });

    public static DaemonRequest Decode(ReadOnlySpan<byte> text) => JsonRead.Document(text, MaxDepth, Request);

    public static ReadOnlyMemory<byte> EncodeRelease(ReleaseRequest release) => JsonWrite.Object(json => Write(json, release));

    public static ReleaseRequest DecodeRelease(ReadOnlySpan<byte> text) => JsonRead.Document(text, MaxDepth, Release);

    private static DaemonRequest Request(ref Utf8JsonReader json)
    {
        string? requestId = null, operation = null;
        var value = new DaemonRequest { RequestId = "", Operation = default, Version = 0 };
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "version": value = value with { Version = JsonRead.Integer(ref json) }; break;
                case "requestId": requestId = JsonRead.Text(ref json); break;
                case "operation": operation = JsonRead.Text(ref json); break;
                case "allocate": value = value with { Allocate = JsonRead.Optional(ref json, Allocate) }; break;
                case "release": value = value with { Release = JsonRead.Optional(ref json, Release) }; break;
                case "inspect": value = value with { Inspect = JsonRead.Optional(ref json, Inspect) }; break;
                case "collect": value = value with { Collect = JsonRead.Optional(ref json, Collect) }; break;
                case "show": value = value with { Show = JsonRead.Optional(ref json, Show) }; break;
                default: json.Skip(); break;
            }
        return value with
        {
            RequestId = JsonRead.Required(requestId, "requestId"),
            Operation = ContractNames.Operation(JsonRead.Required(operation, "operation")),
        };
    }

    private static void Write(Utf8JsonWriter json, AllocateRequest value)
    {
        WriteSubject(json, value.Network, value.Attachment, value.Pod);
        json.WriteString("netNs", value.NetNs);
    }

    private static AllocateRequest Allocate(ref Utf8JsonReader json)
    {
        Fields fields = ReadFields(ref json);
        return new AllocateRequest
        {
            Network = fields.Network,
            Attachment = fields.Attachment,
            Pod = fields.Pod,
            NetNs = JsonRead.Required(fields.NetNs, "netNs"),
        };
    }

    private static void Write(Utf8JsonWriter json, ReleaseRequest value)
    {
        WriteSubject(json, value.Network, value.Attachment, value.Pod);
        JsonWrite.Text(json, "reason", value.Reason);
        json.WriteBoolean("deferredLinks", value.DeferredLinks);
    }

    private static ReleaseRequest Release(ref Utf8JsonReader json)
    {
        Fields fields = ReadFields(ref json);
        return new ReleaseRequest
        {
            Network = fields.Network,
            Attachment = fields.Attachment,
            Pod = fields.Pod,
            Reason = fields.Reason,
            DeferredLinks = fields.DeferredLinks,
        };
    }

    private static void Write(Utf8JsonWriter json, InspectRequest value) => WriteSubject(json, value.Network, value.Attachment, value.Pod);

    private static InspectRequest Inspect(ref Utf8JsonReader json)
    {
        Fields fields = ReadFields(ref json);
        return new InspectRequest { Network = fields.Network, Attachment = fields.Attachment, Pod = fields.Pod };
    }

    private static void Write(Utf8JsonWriter json, CollectRequest value)
    {
        json.WriteString("network", value.Network);
        JsonWrite.List(json, "valid", value.Valid, AttachmentCodec.Write);
    }

    private static CollectRequest Collect(ref Utf8JsonReader json)
    {
        string? network = null;
        ImmutableArray<Attachment>? valid = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "network": network = JsonRead.Text(ref json); break;
                case "valid": valid = JsonRead.List(ref json, AttachmentCodec.Read); break;
                default: json.Skip(); break;
            }
        return new CollectRequest
        {
            Network = JsonRead.Required(network, "network"),
            Valid = valid ?? throw new JsonException("'valid' is missing"),
        };
    }

    private static void Write(Utf8JsonWriter json, ShowRequest value)
    {
        json.WriteString("subject", ContractNames.Of(value.Subject));
        if (value.Name is not null)
            json.WriteString("name", value.Name);
    }

    private static ShowRequest Show(ref Utf8JsonReader json)
    {
        string? subject = null;
        string? which = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "subject": subject = JsonRead.Text(ref json); break;
                case "name": which = JsonRead.Text(ref json); break;
                default: json.Skip(); break;
            }
        return new ShowRequest(ContractNames.Subject(JsonRead.Required(subject, "subject")), which);
    }

    private static void WriteSubject(Utf8JsonWriter json, string network, Attachment attachment, PodIdentity pod)
    {
        json.WriteString("network", network);
        JsonWrite.Object(json, "attachment", attachment, AttachmentCodec.Write);
        JsonWrite.Object(json, "pod", pod, static (json, pod) =>
        {
            json.WriteString("namespace", pod.Namespace);
            json.WriteString("name", pod.Name);
            JsonWrite.Text(json, "uid", pod.Uid);
        });
    }

    private static PodIdentity Pod(ref Utf8JsonReader json)
    {
        string? ns = null, podName = null, uid = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "namespace": ns = JsonRead.Text(ref json); break;
                case "name": podName = JsonRead.Text(ref json); break;
                case "uid": uid = JsonRead.OptionalText(ref json); break;
                default: json.Skip(); break;
            }
        return new PodIdentity(JsonRead.Required(ns, "namespace"), JsonRead.Required(podName, "name"), uid);
    }

    /// <summary>The fields of the requests about one attachment; each takes those that it has.</summary>
    private static Fields ReadFields(ref Utf8JsonReader json)
    {
        string? network = null, netNs = null, reason = null;
        Attachment? attachment = null;
        PodIdentity? pod = null;
        bool deferredLinks = false;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "network": network = JsonRead.Text(ref json); break;
                case "attachment": attachment = AttachmentCodec.Read(ref json); break;
                case "pod": pod = Pod(ref json); break;
                case "netNs": netNs = JsonRead.Text(ref json); break;
                case "reason": reason = JsonRead.OptionalText(ref json); break;
                case "deferredLinks": deferredLinks = JsonRead.Boolean(ref json); break;
                default: json.Skip(); break;
            }
        return new Fields(
            JsonRead.Required(network, "network"), JsonRead.Required(attachment, "attachment"), JsonRead.Required(pod, "pod"), netNs, reason, deferredLinks);
    }

    private readonly record struct Fields(string Network, Attachment Attachment, PodIdentity Pod, string? NetNs, string? Reason, bool DeferredLinks);
}
