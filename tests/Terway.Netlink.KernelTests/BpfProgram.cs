using System.Runtime.InteropServices;

namespace Terway.Netlink.KernelTests;

/// <summary>The smallest classifier: accepts every packet.</summary>
internal sealed partial class BpfProgram : IDisposable
{
    private const int BPF_PROG_LOAD = 5;
    private const int BPF_PROG_TYPE_SCHED_CLS = 3;

    private BpfProgram(int descriptor) => Descriptor = descriptor;

    internal int Descriptor { get; }

    internal static BpfProgram LoadAccepting()
    {
        ulong[] instructions = [0x00000000_0000_00b7, 0x00000000_0000_0095]; // r0 = 0; exit
        var code = GCHandle.Alloc(instructions, GCHandleType.Pinned);
        var license = GCHandle.Alloc("GPL\0"u8.ToArray(), GCHandleType.Pinned);
        try
        {
            var load = new LoadAttributes
            {
                Type = BPF_PROG_TYPE_SCHED_CLS,
                InstructionCount = (uint)instructions.Length,
                Instructions = (ulong)code.AddrOfPinnedObject(),
                License = (ulong)license.AddrOfPinnedObject(),
            };
            var number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;
            var descriptor = (int)SystemCall(number, BPF_PROG_LOAD, ref load, 48);
            descriptor.Should().BeGreaterThan(0, "the program should load");
            return new(descriptor);
        }
        finally
        {
            code.Free();
            license.Free();
        }
    }

    public void Dispose() => _ = Close(Descriptor);

    /// <summary>The start of <c>union bpf_attr</c> for loading a program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LoadAttributes
    {
        internal uint Type;
        internal uint InstructionCount;
        internal ulong Instructions;
        internal ulong License;
        internal uint LogLevel;
        internal uint LogSize;
        internal ulong LogBuffer;
        internal uint KernelVersion;
        internal uint Flags;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, ref LoadAttributes attributes, nint size);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
