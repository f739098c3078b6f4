namespace Terway.Cni.Daemon;

/// <summary>Where a request comes from.</summary>
/// <param name="RequestId">The invocation's name, for the log of everything that is done for it.</param>
/// <param name="Peer">The process that asks.</param>
public sealed record RequestOrigin(string RequestId, PeerCredentials Peer)
{
    /// <summary>
    /// Asks the connection whether the client has closed it, so that an answer would reach nobody. The request's token says the same, but
    /// an instant later: work that ends in that instant asks here, before it lets the pod's next request in. False without a connection.
    /// </summary>
    public Func<bool> HasHungUp { get; init; } = static () => false;
}
