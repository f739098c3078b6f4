using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Terway.Benchmarks.Cni;

/// <summary>What one run of a program cost.</summary>
internal readonly record struct Cost(TimeSpan Wall, TimeSpan Cpu);

/// <summary>Runs a program and measures it with as little of our own as possible: posix_spawn(3), then wait4(2) with its rusage.</summary>
internal static partial class Spawn
{
    private const int O_RDONLY = 0;
    private const int O_WRONLY = 1;

    /// <param name="program">The program's path.</param>
    /// <param name="environment">Its environment, <c>K=V</c>.</param>
    /// <param name="stdin">The file that it reads.</param>
    /// <param name="stdout">The file that it writes; it must exist.</param>
    public static Cost Run(string program, string[] environment, string stdin, string stdout)
    {
        using var arguments = new StringArray([program]);
        using var variables = new StringArray(environment);
        IntPtr actions = Marshal.AllocHGlobal(256); // posix_spawn_file_actions_t has 80 bytes in glibc
        try
        {
            Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
            Check(posix_spawn_file_actions_addopen(actions, 0, stdin, O_RDONLY, 0), "addopen");
            Check(posix_spawn_file_actions_addopen(actions, 1, stdout, O_WRONLY, 0), "addopen");
            long start = Stopwatch.GetTimestamp();
            Check(posix_spawn(out int pid, program, actions, IntPtr.Zero, arguments.Pointer, variables.Pointer), program);
            if (wait4(pid, out int status, 0, out ResourceUsage usage) != pid)
                throw new InvalidOperationException($"wait4: {Marshal.GetLastPInvokeErrorMessage()}");
            TimeSpan wall = Stopwatch.GetElapsedTime(start);
            if (status != 0)
                throw new InvalidOperationException($"{program} failed ({status:x}): {File.ReadAllText(stdout)}");
            return new Cost(wall, usage.Cpu);
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            Marshal.FreeHGlobal(actions);
        }
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
            throw new InvalidOperationException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(IntPtr actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(IntPtr actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(IntPtr actions, int descriptor, string path, int flags, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, IntPtr actions, IntPtr attributes, IntPtr arguments, IntPtr environment);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int wait4(int pid, out int status, int options, out ResourceUsage usage);

    /// <summary>struct rusage (sys/resource.h): two timevals and fourteen longs.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct ResourceUsage
    {
        private readonly long _userSeconds;
        private readonly long _userMicroseconds;
        private readonly long _systemSeconds;
        private readonly long _systemMicroseconds;

        public TimeSpan Cpu => TimeSpan.FromSeconds(_userSeconds + _systemSeconds) + TimeSpan.FromMicroseconds(_userMicroseconds + _systemMicroseconds);
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private sealed class StringArray : IDisposable
    {
        private readonly IntPtr[] _strings;

        public StringArray(string[] strings)
        {
            _strings = [.. strings.Select(Marshal.StringToCoTaskMemUTF8), IntPtr.Zero];
            Pointer = Marshal.AllocHGlobal(IntPtr.Size * _strings.Length);
            Marshal.Copy(_strings, 0, Pointer, _strings.Length);
        }

        public IntPtr Pointer { get; }

        public void Dispose()
        {
            foreach (IntPtr text in _strings)
                Marshal.FreeCoTaskMem(text);
            Marshal.FreeHGlobal(Pointer);
        }
    }
}
