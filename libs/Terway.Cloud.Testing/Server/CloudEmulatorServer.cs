using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Testing;

/// <summary>Serves an emulator over HTTP: ECS, VPC and STS at <c>/</c>, the metadata service at <c>/latest/</c>.</summary>
/// <remarks>
/// As strict as the cloud: signatures (ACS3-HMAC-SHA256 and the older HMAC-SHA1), clock, nonces, unknown actions and
/// parameters are checked. The metadata service tells instances apart by the address they come from.
/// </remarks>
public sealed class CloudEmulatorServer : IAsyncDisposable
{
    private const int MaxRequestLine = 64 * 1024;
    private readonly HttpHost _host;

    private CloudEmulatorServer(HttpHost host) => _host = host;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41234/</c>; empty for sockets that were handed over.</summary>
    public EquatableArray<Uri> Addresses => _host.Addresses;

    /// <summary>The first of <see cref="Addresses"/>.</summary>
    public Uri BaseAddress => Addresses[0];

    /// <summary>Starts to serve an emulator; the emulator stays the caller's.</summary>
    /// <param name="emulator">What to serve.</param>
    /// <param name="options">Where; null for a free port on 127.0.0.1.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">An address cannot be listened on, such as one whose port is taken.</exception>
    public static async Task<CloudEmulatorServer> StartAsync(
        CloudEmulator emulator, CloudEmulatorServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        var own = options ?? new CloudEmulatorServerOptions();
        var requests = new EmulatorRequests(emulator, own);
        return new CloudEmulatorServer(await HttpHost.StartAsync(
            kestrel => Listen(kestrel, own), own.Certificate is not null, requests.HandleAsync, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Stops to serve.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, CloudEmulatorServerOptions options)
    {
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        kestrel.Limits.MaxRequestBufferSize = 2 * MaxRequestLine;
        foreach (var handle in options.ListenHandles)
            kestrel.ListenHandle(handle, listen => Secure(listen, options));
        if (!options.ListenHandles.IsEmpty)
            return;
        foreach (var endpoint in options.Endpoints)
            kestrel.Listen(endpoint, listen => Secure(listen, options));
    }

    private static void Secure(ListenOptions listen, CloudEmulatorServerOptions options)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (options.Certificate is not null)
            listen.UseHttps(options.Certificate);
    }
}
