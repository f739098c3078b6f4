using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The metadata service over HTTP; tells instances apart by the address they come from.</summary>
internal sealed class MetadataEndpoint(CloudEmulator emulator, Func<IPAddress, InstanceId?> resolve)
{
    private const string Root = "/latest/";
    private const int MaxTokenSeconds = 21_600;
    private readonly Dictionary<string, (InstanceId Instance, DateTimeOffset End)> _tokens = [];

    internal async Task HandleAsync(HttpContext context)
    {
        var fault = emulator.Pipeline.StrikeMetadata(context.Request.Path.Value ?? "");
        if (fault is not null)
            await emulator.Pipeline.Delays.WaitAsync(fault.ExtraDelay + fault.Silence).ConfigureAwait(false);
        if (fault is { ReplyLost: true })
        {
            context.Abort();
            return;
        }
        var (status, body) = fault is { Status: { } refused } ? (refused, "") : Answer(context.Request, context.Connection.RemoteIpAddress);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private (int Status, string Body) Answer(HttpRequest request, IPAddress? peer)
    {
        if (peer is null || resolve(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer) is not { } id || Find(id) is not { } instance)
            return (StatusCodes.Status404NotFound, "");
        var path = request.Path.Value ?? "";
        if (HttpMethods.IsPut(request.Method))
            return path == Root + "api/token" ? NewToken(request, id) : (StatusCodes.Status404NotFound, "");
        if (!HttpMethods.IsGet(request.Method) || !path.StartsWith(Root, StringComparison.Ordinal))
            return (StatusCodes.Status404NotFound, "");
        var refused = CheckToken(request, instance);
        if (refused is { } status)
            return (status, "");
        return MetadataTree.Of(emulator, id).Find(path[Root.Length..]) is { } body
            ? (StatusCodes.Status200OK, body)
            : (StatusCodes.Status404NotFound, "");
    }

    private InstanceEntry? Find(InstanceId id)
    {
        lock (emulator.World.Gate)
            return emulator.World.Instances.GetValueOrDefault(id);
    }

    private (int Status, string Body) NewToken(HttpRequest request, InstanceId id)
    {
        if (request.Headers.ContainsKey("X-Forwarded-For"))
            return (StatusCodes.Status403Forbidden, "");
        if (!int.TryParse(request.Headers["X-aliyun-ecs-metadata-token-ttl-seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > MaxTokenSeconds)
            return (StatusCodes.Status400BadRequest, "");
        lock (emulator.World.Gate)
        {
            foreach (var (ended, _) in _tokens.Where(t => t.Value.End <= emulator.World.Now).ToList())
                _tokens.Remove(ended);
            var token = emulator.World.Ids.NextSecret(56);
            _tokens[token] = (id, emulator.World.Now.AddSeconds(seconds));
            return (StatusCodes.Status200OK, token);
        }
    }

    private int? CheckToken(HttpRequest request, InstanceEntry instance)
    {
        if (request.Headers["X-aliyun-ecs-metadata-token"].ToString() is not { Length: > 0 } token)
            return instance.Spec.MetadataTokenRequired ? StatusCodes.Status403Forbidden : null;
        lock (emulator.World.Gate)
        {
            return _tokens.TryGetValue(token, out var known) && known.Instance == instance.Id && emulator.World.Now < known.End
                ? null
                : StatusCodes.Status401Unauthorized;
        }
    }
}
