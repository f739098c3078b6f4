using System.Net.Sockets;

namespace Terway.Sandbox.Probes;

/// <summary>Where probes start and listeners live: a network namespace in which sockets can be opened.</summary>
internal interface IProbeEndpoint
{
    string Name { get; }

    /// <summary>Runs <paramref name="open"/> inside the namespace. A socket stays in the namespace it was opened in.</summary>
    Socket Open(Func<Socket> open);
}
