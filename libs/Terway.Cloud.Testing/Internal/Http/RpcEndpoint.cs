using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Terway.Cloud.Testing.Internal;

/// <summary>ECS and VPC over HTTP.</summary>
internal sealed class RpcEndpoint(CloudEmulator emulator)
{
    private readonly Gatekeeper _gatekeeper = new(emulator);

    internal async Task HandleAsync(HttpContext context)
    {
        RpcReply reply;
        try
        {
            var message = await RpcMessage.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            reply = await AnswerAsync(message).ConfigureAwait(false);
        }
        catch (Refusal refusal)
        {
            reply = new RpcReply(NewRequestId(), null, refusal, false);
        }
        if (reply.Lost)
            context.Abort();
        else
            await WriteAsync(context, reply).ConfigureAwait(false);
    }

    private async Task<RpcReply> AnswerAsync(RpcMessage message)
    {
        if (message.Method is not ("POST" or "GET"))
            throw new Refusal(403, "UnsupportedHTTPMethod", "This http method is not supported.");
        var action = message.Header("x-acs-action") ?? message.Parameter("Action") ?? throw Refusal.Missing("Action");
        var version = message.Header("x-acs-version") ?? message.Parameter("Version") ?? throw Refusal.Missing("Version");
        var route = RpcRoutes.ByAction.GetValueOrDefault(action);
        if (route is not { IsCentral: true })
            _gatekeeper.Check(message, action);
        if (route is null || route.Version != version)
            throw new Refusal(404, "InvalidApi.NotFound", $"Specified api {action} of version {version} is not found.");
        var parameters = new ParameterReader(message.Parameters);
        if (!route.IsCentral && parameters.Required("RegionId") != emulator.Options.RegionId.Value)
            throw new Refusal(400, "InvalidRegionId.MalFormed", "The specified RegionId is not valid.");
        return await route.RunAsync(parameters, emulator.Pipeline).ConfigureAwait(false);
    }

    private RequestId NewRequestId()
    {
        lock (emulator.World.Gate)
            return emulator.World.Ids.NextRequestId();
    }

    private static async Task WriteAsync(HttpContext context, RpcReply reply)
    {
        var body = reply.Body ?? [];
        body["RequestId"] = reply.RequestId.Value;
        if (reply.Refusal is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            body["HostId"] = context.Request.Host.Value;
            body["Code"] = refusal.Code;
            body["Message"] = refusal.Message;
            if (refusal.AccessDenied.Count > 0)
                body["AccessDeniedDetail"] = new JsonObject(refusal.AccessDenied.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
            body["Recommend"] = $"https://api.example.com/troubleshoot?q={refusal.Code}&requestId={reply.RequestId}";
        }
        context.Response.ContentType = MediaTypeNames.Application.Json + ";charset=utf-8";
        context.Response.Headers["x-acs-request-id"] = reply.RequestId.Value;
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted).ConfigureAwait(false);
    }
}
