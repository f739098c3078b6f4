using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Testing;

/// <summary>Serves an emulator over HTTP: ECS and VPC at <c>/</c>, the metadata service at <c>/latest/</c>.</summary>
/// <remarks>
/// As strict as the cloud: signatures (ACS3-HMAC-SHA256 and the older HMAC-SHA1), clock, nonces, unknown actions and
/// parameters are checked. The metadata service tells instances apart by the address they come from.
/// </remarks>
public sealed class CloudEmulatorServer : IAsyncDisposable
{
    private const int MaxRequestLine = 64 * 1024;
    private readonly WebApplication _app;

    private CloudEmulatorServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41234/</c>; empty for sockets that were handed over.</summary>
    public EquatableArray<Uri> Addresses { get; private set; }

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
        options ??= new CloudEmulatorServerOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        if (options.Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var requests = new EmulatorRequests(emulator, options);
        app.Run(requests.HandleAsync);
        var server = new CloudEmulatorServer(app);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            server.Addresses = AddressesOf(app);
            return server;
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops to serve.</summary>
    public async ValueTask DisposeAsync()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(stop.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static void Listen(KestrelServerOptions kestrel, CloudEmulatorServerOptions options)
    {
        kestrel.AddServerHeader = false;
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

    private static EquatableArray<Uri> AddressesOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.Select(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal) ? new Uri(uri, "/") : null)
            .OfType<Uri>().ToEquatableArray();
    }
}
