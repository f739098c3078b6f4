using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Terway.Cloud.Testing;

/// <summary>Where an emulator is served.</summary>
public sealed record CloudEmulatorServerOptions
{
    /// <summary>Where to listen when <see cref="ListenHandles"/> is empty. Default: a free port on 127.0.0.1.</summary>
    public EquatableArray<IPEndPoint> Endpoints { get; init; } = [new IPEndPoint(IPAddress.Loopback, 0)];

    /// <summary>Descriptors of TCP sockets that are bound already, perhaps in another network namespace; the server takes them over.</summary>
    public EquatableArray<ulong> ListenHandles { get; init; }

    /// <summary>The certificate to serve HTTPS with; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Which instance asks the metadata service, by its address. Default: the instance that holds the address.</summary>
    public Func<IPAddress, InstanceId?>? ResolveInstance { get; init; }

    /// <summary>Sees every exception that a request ended with for a fault of the emulator itself.</summary>
    public Action<Exception>? OnFailure { get; init; }
}
