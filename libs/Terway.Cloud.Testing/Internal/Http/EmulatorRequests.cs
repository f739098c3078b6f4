using Microsoft.AspNetCore.Http;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Sends a request to the service that its path means.</summary>
internal sealed class EmulatorRequests(CloudEmulator emulator, CloudEmulatorServerOptions options)
{
    private readonly RpcEndpoint _rpc = new(emulator);
    private readonly MetadataEndpoint _metadata = new(emulator, options.ResolveInstance ?? emulator.FindInstance);

    internal async Task HandleAsync(HttpContext context)
    {
        try
        {
            var path = context.Request.Path;
            if (path.StartsWithSegments("/latest", StringComparison.Ordinal))
                await _metadata.HandleAsync(context).ConfigureAwait(false);
            else if (path == "/")
                await _rpc.HandleAsync(context).ConfigureAwait(false);
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            options.OnFailure?.Invoke(failure);
            throw;
        }
    }
}
