namespace Terway.Netlink;

/// <summary>Carries datagrams to the kernel and back: the socket, or a recording of one.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>Makes room in the kernel's buffers where a message of a size, or answers of a number, would not fit.</summary>
    /// <param name="length">The length of what is sent next, in bytes.</param>
    /// <param name="answers">The number of refusals that may wait for being received.</param>
    void Reserve(int length, int answers);

    /// <summary>Sends one or more requests in one datagram. The kernel has executed them when this returns.</summary>
    void Send(ReadOnlySpan<byte> requests);

    /// <summary>The length of the datagram that <see cref="Receive"/> gives next.</summary>
    int NextLength();

    /// <summary>Receives one datagram of answers.</summary>
    /// <returns>The datagram's whole length, which may exceed the buffer's: then the end is lost.</returns>
    int Receive(Span<byte> buffer);
}
