using Microsoft.Win32.SafeHandles;

namespace Terway.CniPlugin;

/// <summary>The process's streams as plain files. Console's are made for terminals and cost a thread and a millisecond.</summary>
internal static class StandardStreams
{
    public static Stream Input() => Open(0, FileAccess.Read);

    public static Stream Output() => Open(1, FileAccess.Write);

    public static Stream Error() => Open(2, FileAccess.Write);

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
}
