using System.Runtime.InteropServices;

namespace Terway.Cni.Tests.Daemon;

/// <summary>Runs code as another user: the kernel keeps credentials per thread, and the raw system call changes only the caller's.</summary>
internal static partial class OtherUser
{
    private const int SYS_setresuid = 117; // x86-64

    public static void Run(uint uid, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (syscall(SYS_setresuid, uid, uid, 0) != 0)
                    throw new InvalidOperationException($"setresuid failed: {Marshal.GetLastPInvokeError()}");
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("the code failed as another user", failure);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial long syscall(long number, long real, long effective, long saved);
}
