namespace Terway.Netlink;

/// <summary>Something that a <see cref="NetworkMonitor"/> reports: a <see cref="NetworkChange{T}"/> or a <see cref="NetworkResync"/>.</summary>
public abstract record NetworkChange;

/// <summary>An object was added, changed or removed.</summary>
/// <typeparam name="T">The object's message, such as <see cref="LinkMessage"/>.</typeparam>
/// <param name="Action">What happened.</param>
/// <param name="Message">The object as it is now, or was before it was removed.</param>
public sealed record NetworkChange<T>(NetworkChangeAction Action, T Message) : NetworkChange
    where T : class;

/// <summary>Changes may have been missed: list anew what is of interest. The first report is always this one.</summary>
public sealed record NetworkResync : NetworkChange;

/// <summary>What happened to an object.</summary>
public enum NetworkChangeAction
{
    /// <summary>It is new or has changed: the kernel does not tell these apart.</summary>
    Set,

    /// <summary>It is gone.</summary>
    Removed,
}
