using System.Net;
using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Testing;

/// <summary>
/// The control endpoint of an emulator, apart from its API: plain JSON over HTTP to set faults and conditions, and to read what is true,
/// which calls were made and which faults struck. <c>GET /</c> lists what it takes.
/// </summary>
/// <remarks>It asks nobody who they are: keep it on a loopback address.</remarks>
public sealed class EmulatorControlServer : IAsyncDisposable
{
    private readonly HttpHost _host;

    private EmulatorControlServer(HttpHost host) => _host = host;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41235/</c>.</summary>
    public Uri BaseAddress => _host.Addresses[0];

    /// <summary>Starts to control an emulator; the emulator stays the caller's.</summary>
    /// <param name="emulator">What to control.</param>
    /// <param name="endpoint">Where to listen; null for a free port on 127.0.0.1.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The address cannot be listened on, such as one whose port is taken.</exception>
    public static async Task<EmulatorControlServer> StartAsync(
        CloudEmulator emulator, IPEndPoint? endpoint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        var requests = new ControlRequests(emulator);
        return new EmulatorControlServer(await HttpHost.StartAsync(
            kestrel => kestrel.Listen(endpoint ?? new IPEndPoint(IPAddress.Loopback, 0)), isHttps: false, requests.HandleAsync, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Stops to serve.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
