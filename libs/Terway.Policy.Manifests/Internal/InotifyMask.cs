namespace Terway.Policy.Manifests.Internal;

/// <summary>Events of a watched folder, as in sys/inotify.h.</summary>
[Flags]
internal enum InotifyMask : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>IN_MODIFY</c>: bytes were written, or cut off.</summary>
    Modify = 0x2,

    /// <summary><c>IN_ATTRIB</c>: owner or permissions changed.</summary>
    Attributes = 0x4,

    /// <summary><c>IN_CLOSE_WRITE</c>: whoever wrote closed the file.</summary>
    CloseWrite = 0x8,

    /// <summary><c>IN_MOVED_FROM</c>.</summary>
    MovedFrom = 0x40,

    /// <summary><c>IN_MOVED_TO</c>.</summary>
    MovedTo = 0x80,

    /// <summary><c>IN_CREATE</c>.</summary>
    Create = 0x100,

    /// <summary><c>IN_DELETE</c>.</summary>
    Delete = 0x200,

    /// <summary><c>IN_DELETE_SELF</c>.</summary>
    DeleteSelf = 0x400,

    /// <summary><c>IN_MOVE_SELF</c>.</summary>
    MoveSelf = 0x800,

    /// <summary><c>IN_Q_OVERFLOW</c>: events were lost.</summary>
    QueueOverflow = 0x4000,

    /// <summary><c>IN_ONLYDIR</c>: watch folders only.</summary>
    OnlyFolders = 0x1000000,

    /// <summary>All that concerns files in a folder.</summary>
    FolderContent = Modify | Attributes | CloseWrite | MovedFrom | MovedTo | Create | Delete | DeleteSelf | MoveSelf,
}
