namespace Terway.Cni.Tests.EndToEnd;

public sealed class StartTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    /// <summary>The list of mounts grows with the pods of the node; the runtime's start would read it twice for each ADD and DEL.</summary>
    [Fact]
    public void Native_program_knows_no_way_to_the_list_of_mounts()
    {
        byte[] program = File.ReadAllBytes(native.Path);

        program.AsSpan().IndexOf("/proc/self/mountinfo"u8).Should().Be(-1);
        program.AsSpan().IndexOf("/proc/self/maps"u8).Should().BePositive("what the program does read is found in this way");
    }
}
