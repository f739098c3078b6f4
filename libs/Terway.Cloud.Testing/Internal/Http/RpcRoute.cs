using System.Text.Json.Nodes;

namespace Terway.Cloud.Testing.Internal;

/// <summary>An action over HTTP: the API version that has it, and how a request becomes an answer.</summary>
internal sealed record RpcRoute(string Version, Func<ParameterReader, CallPipeline, Task<RpcReply>> RunAsync)
{
    /// <summary>Whether the action is one of no region that needs no signature: its token speaks for the caller.</summary>
    internal bool IsCentral { get; init; }

    /// <summary>A route whose answer depends on the value alone.</summary>
    internal static RpcRoute Of<T>(string version, Func<ParameterReader, CallSpec<T>> read, Func<T, CloudEmulatorOptions, JsonObject> show)
        where T : notnull => new(version, async (parameters, pipeline) =>
        {
            var spec = read(parameters);
            parameters.CheckAllRead();
            return RpcReply.Of(await pipeline.InvokeAsync(spec).ConfigureAwait(false), value => show(value, pipeline.World.Options));
        });

    /// <summary>A route whose answer is one page.</summary>
    internal static RpcRoute Paged<T>(
        string version, Func<ParameterReader, CallSpec<T>> read, Func<ParameterReader, PageRequest> readPage, Func<T, PageRequest, CloudEmulatorOptions, JsonObject> show)
        where T : notnull => new(version, async (parameters, pipeline) =>
        {
            var spec = read(parameters);
            var page = readPage(parameters);
            parameters.CheckAllRead();
            return RpcReply.Of(await pipeline.InvokeAsync(spec).ConfigureAwait(false), value => show(value, page, pipeline.World.Options));
        });
}

/// <summary>What goes back: a body, a refusal, or nothing at all.</summary>
internal sealed record RpcReply(RequestId RequestId, JsonObject? Body, Refusal? Refusal, bool Lost)
{
    internal static RpcReply Of<T>(CallOutcome<T> outcome, Func<T, JsonObject> show) => new(
        outcome.RequestId,
        outcome.Refusal is null && !outcome.ReplyLost ? show(outcome.Value!) : null,
        outcome.Refusal,
        outcome.ReplyLost);
}
