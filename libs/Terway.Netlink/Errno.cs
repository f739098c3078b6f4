namespace Terway.Netlink;

/// <summary>An error number of the kernel (<c>asm-generic/errno.h</c>); values without a name here occur and mean what the kernel says.</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary><c>EPERM</c>: the capability is missing (CAP_NET_ADMIN, CAP_SYS_ADMIN).</summary>
    NotPermitted = 1,

    /// <summary><c>ENOENT</c>: no such object.</summary>
    NoEntry = 2,

    /// <summary><c>ESRCH</c>: no such route (or process).</summary>
    NoSuchProcess = 3,

    /// <summary><c>EINTR</c>: interrupted.</summary>
    Interrupted = 4,

    /// <summary><c>EIO</c>: input or output failed.</summary>
    Io = 5,

    /// <summary><c>ENXIO</c>: no such device or address.</summary>
    NoDeviceOrAddress = 6,

    /// <summary><c>EBADF</c>: no such descriptor.</summary>
    BadDescriptor = 9,

    /// <summary><c>EAGAIN</c>: nothing there yet.</summary>
    TryAgain = 11,

    /// <summary><c>ENOMEM</c>: out of memory.</summary>
    OutOfMemory = 12,

    /// <summary><c>EACCES</c>: access denied.</summary>
    AccessDenied = 13,

    /// <summary><c>EBUSY</c>: in use, such as a link that must be down.</summary>
    Busy = 16,

    /// <summary><c>EEXIST</c>: there is one already.</summary>
    Exists = 17,

    /// <summary><c>ENODEV</c>: no such link.</summary>
    NoDevice = 19,

    /// <summary><c>ENOTDIR</c>: a part of the path is no folder.</summary>
    NotDirectory = 20,

    /// <summary><c>EINVAL</c>: an argument is invalid; the kernel's text says which.</summary>
    Invalid = 22,

    /// <summary><c>ENFILE</c>: a set of nf_tables is full.</summary>
    Full = 23,

    /// <summary><c>ENOSPC</c>: no room.</summary>
    NoSpace = 28,

    /// <summary><c>EMLINK</c>: chains of nf_tables that jump in a circle or too deep.</summary>
    TooManyLinks = 31,

    /// <summary><c>ERANGE</c>: outside the range.</summary>
    Range = 34,

    /// <summary><c>ELOOP</c>: chains of nf_tables that jump in a circle.</summary>
    TooManySymbolicLinks = 40,

    /// <summary><c>EBADMSG</c>: a message that breaks its own format.</summary>
    BadMessage = 74,

    /// <summary><c>EOVERFLOW</c>: more than a field can hold.</summary>
    Overflow = 75,

    /// <summary><c>ERESTART</c>: the rulesets are no longer those of the generation that a transaction names.</summary>
    Restart = 85,

    /// <summary><c>EMSGSIZE</c>: too big for one message.</summary>
    MessageTooLong = 90,

    /// <summary><c>ENOPROTOOPT</c>: the kernel is older than the option.</summary>
    NoProtocolOption = 92,

    /// <summary><c>EOPNOTSUPP</c>: not supported, as for a link kind or qdisc that the kernel lacks.</summary>
    NotSupported = 95,

    /// <summary><c>EAFNOSUPPORT</c>: the address family is not supported, as for IPv6 when it is off.</summary>
    FamilyNotSupported = 97,

    /// <summary><c>EADDRINUSE</c>: the address is in use.</summary>
    AddressInUse = 98,

    /// <summary><c>EADDRNOTAVAIL</c>: there is no such address on the link.</summary>
    AddressNotAvailable = 99,

    /// <summary><c>ENETDOWN</c>: the link that a route needs is down.</summary>
    NetworkDown = 100,

    /// <summary><c>ENETUNREACH</c>: the next hop cannot be reached.</summary>
    NetworkUnreachable = 101,

    /// <summary><c>ENOBUFS</c>: the receive buffer overflowed and messages were lost.</summary>
    NoBufferSpace = 105,

    /// <summary><c>ETIMEDOUT</c>: no answer came in time.</summary>
    TimedOut = 110,

    /// <summary><c>EHOSTUNREACH</c>: a route says that the destination cannot be reached.</summary>
    HostUnreachable = 113,
}
