using System.Runtime.InteropServices;
using System.Text;

namespace Terway.Netlink;

/// <summary>A request that the kernel refused, with everything it said about why.</summary>
/// <remarks>
/// The message reads as <c>add rule 512: from all to 10.0.0.5 lookup main: File exists</c>, followed by the kernel's own text
/// when it gave one (extended acknowledgement, Linux 4.12 and newer).
/// </remarks>
public sealed class NetlinkException : Exception
{
    /// <summary>An exception without facts.</summary>
    public NetlinkException()
        : this(string.Empty, null, Errno.None)
    {
    }

    /// <summary>An exception about an operation.</summary>
    /// <param name="message">What was attempted.</param>
    public NetlinkException(string message)
        : this(message, null, Errno.None)
    {
    }

    /// <summary>An exception about an operation, caused by another.</summary>
    /// <param name="message">What was attempted.</param>
    /// <param name="innerException">The cause.</param>
    public NetlinkException(string message, Exception innerException)
        : base(message, innerException) => Operation = message;

    /// <summary>A refused request.</summary>
    /// <param name="operation">What was attempted, such as <c>add route</c>.</param>
    /// <param name="subject">On what, in the words of <c>ip</c>, or null.</param>
    /// <param name="errno">The error number.</param>
    /// <param name="kernelMessage">The kernel's text, or null.</param>
    /// <param name="offset">The offset of the offending attribute in the request, or null.</param>
    public NetlinkException(string operation, string? subject, Errno errno, string? kernelMessage = null, int? offset = null)
        : base(Describe(operation, subject, errno, kernelMessage))
    {
        Operation = operation;
        Subject = subject;
        Errno = errno;
        KernelMessage = kernelMessage;
        Offset = offset;
    }

    /// <summary>What was attempted, such as <c>add route</c>.</summary>
    public string Operation { get; }

    /// <summary>On what, in the words of <c>ip</c>; null when the operation says it all.</summary>
    public string? Subject { get; }

    /// <summary>The error number.</summary>
    public Errno Errno { get; }

    /// <summary>The kernel's own text (<c>NLMSGERR_ATTR_MSG</c>); null when it gave none.</summary>
    public string? KernelMessage { get; }

    /// <summary>The offset of the offending attribute from the start of the request (<c>NLMSGERR_ATTR_OFFS</c>); null when the kernel named none.</summary>
    public int? Offset { get; }

    /// <summary>Whether the object is not there: <c>ENOENT</c>, <c>ESRCH</c>, <c>ENODEV</c>, <c>ENXIO</c> or <c>EADDRNOTAVAIL</c>.</summary>
    public bool IsNotFound => NetlinkFailure.MeansNotFound(Errno);

    /// <summary>Whether the object is there already: <c>EEXIST</c>.</summary>
    public bool IsAlreadyExists => Errno == Errno.Exists;

    private static string Describe(string operation, string? subject, Errno errno, string? kernelMessage)
    {
        var text = new StringBuilder(operation);
        if (!string.IsNullOrEmpty(subject))
            text.Append(' ').Append(subject);
        if (errno != Errno.None)
            text.Append(": ").Append(Marshal.GetPInvokeErrorMessage((int)errno));
        if (!string.IsNullOrEmpty(kernelMessage))
            text.Append(" (").Append(kernelMessage.TrimEnd('.')).Append(')');
        return text.ToString();
    }
}
