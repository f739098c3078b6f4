namespace Terway.Datapath;

/// <summary>A pod's or an ENI's network could not be made as planned, checked or taken away.</summary>
public sealed class DatapathException : Exception
{
    /// <summary>An exception without facts.</summary>
    public DatapathException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What was attempted and why it failed.</param>
    public DatapathException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What was attempted and why it failed.</param>
    /// <param name="innerException">The cause, usually a <see cref="Netlink.NetlinkException"/>.</param>
    public DatapathException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception of a known kind.</summary>
    /// <param name="error">The kind.</param>
    /// <param name="message">What was attempted, on what, why it failed and what would help.</param>
    /// <param name="innerException">The cause.</param>
    public DatapathException(DatapathError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>The kind of failure.</summary>
    public DatapathError Error { get; }
}
