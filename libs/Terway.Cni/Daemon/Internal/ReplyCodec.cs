using System.Collections.Immutable;
using System.Text.Json;
using Terway.Cni.Internal;

namespace Terway.Cni.Daemon.Internal;

/// <summary>Replies as they travel.</summary>
internal static class ReplyCodec
{
    private const int MaxDepth = 16;

    public static ReadOnlyMemory<byte> Encode(DaemonReply reply) => JsonWrite.Object(json =>
    {
        json.WriteString("requestId", reply.RequestId);
        JsonWrite.Object(json, "error", reply.Error, Write);
        JsonWrite.Object(json, "allocation", reply.Allocation, AllocationCodec.Write);
        JsonWrite.Object(json, "collected", reply.Collected, static (json, collected) => JsonWrite.List(json, "released", collected.Released, AttachmentCodec.Write));
        JsonWrite.Text(json, "document", reply.Document);
    });

    public static DaemonReply Decode(ReadOnlySpan<byte> text) => JsonRead.Document(text, MaxDepth, Reply);

    private static DaemonReply Reply(ref Utf8JsonReader json)
    {
        string? requestId = null;
        var value = new DaemonReply { RequestId = "" };
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "requestId": requestId = JsonRead.Text(ref json); break;
                case "error": value = value with { Error = JsonRead.Optional(ref json, Error) }; break;
                case "allocation": value = value with { Allocation = JsonRead.Optional(ref json, AllocationCodec.Read) }; break;
                case "collected": value = value with { Collected = JsonRead.Optional(ref json, Collected) }; break;
                case "document": value = value with { Document = JsonRead.OptionalText(ref json) }; break;
                default: json.Skip(); break;
            }
        return value with { RequestId = JsonRead.Required(requestId, "requestId") };
    }

    private static void Write(Utf8JsonWriter json, DaemonError value)
    {
        json.WriteString("code", value.Code.Value);
        json.WriteString("message", value.Message);
        JsonWrite.Text(json, "details", value.Details);
        JsonWrite.Text(json, "hint", value.Hint);
    }

    private static DaemonError Error(ref Utf8JsonReader json)
    {
        string? code = null, message = null, details = null, hint = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "code": code = JsonRead.Text(ref json); break;
                case "message": message = JsonRead.Text(ref json); break;
                case "details": details = JsonRead.OptionalText(ref json); break;
                case "hint": hint = JsonRead.OptionalText(ref json); break;
                default: json.Skip(); break;
            }
        return new DaemonError(new ErrorCode(JsonRead.Required(code, "code")), JsonRead.Required(message, "message"), details, hint);
    }

    private static CollectReply Collected(ref Utf8JsonReader json)
    {
        ImmutableArray<Attachment> released = [];
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            if (name == "released")
                released = JsonRead.List(ref json, AttachmentCodec.Read);
            else
                json.Skip();
        return new CollectReply { Released = released };
    }
}
