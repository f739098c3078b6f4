using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Finds the route of a control request, reads its body and writes its answer.</summary>
internal sealed class ControlRequests(CloudEmulator emulator)
{
    private readonly ControlRoute[] _routes = ControlRoutes.For(emulator);

    internal async Task HandleAsync(HttpContext context)
    {
        var (status, body) = await AnswerAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        await context.Response.WriteAsync(body.ToJsonString(ControlJson.Pretty) + "\n", context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<(int Status, JsonNode Body)> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var path = request.Path.Value ?? "/";
        if (path == "/" && HttpMethods.IsGet(request.Method))
            return (StatusCodes.Status200OK, Index());
        foreach (var route in _routes)
        {
            if (route.Method != request.Method || route.Match(path) is not { } parts)
                continue;
            try
            {
                using var document = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
                return (StatusCodes.Status200OK, await route.RunAsync(new ControlRequest(parts, request.Query, document.RootElement)).ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is ArgumentException or FormatException or JsonException)
            {
                return (StatusCodes.Status400BadRequest, Error(failure.Message));
            }
            catch (KeyNotFoundException failure)
            {
                return (StatusCodes.Status404NotFound, Error(failure.Message));
            }
        }
        return (StatusCodes.Status404NotFound, Error($"There is no {request.Method} {path}; GET / lists what there is."));
    }

    private JsonObject Index() => new()
    {
        ["paths"] = new JsonArray([.. _routes.Select(r => new JsonObject { ["method"] = r.Method, ["path"] = r.Path, ["what"] = r.What })]),
    };

    private static JsonObject Error(string message) => new() { ["error"] = message };

    /// <summary>No body reads as an empty object.</summary>
    private static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return body.Length == 0 ? JsonDocument.Parse("{}") : JsonDocument.Parse(body.ToArray());
    }
}
