using Terway.Sandbox.Machine;

namespace Terway.Sandbox.Tests.Machine;

public sealed class SandboxNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("../etc")]
    [InlineData("UP")]
    [InlineData("-a")]
    [InlineData("a-name-that-is-longer-than-names-of-sandboxes")]
    public void A_name_that_could_leave_its_folder_or_confuse_a_tool_is_refused(string name)
    {
        var make = () => new SandboxName(name);

        make.Should().Throw<SandboxException>().WithMessage("*cannot name a sandbox*");
    }

    [Fact]
    public void Sandboxes_whose_names_begin_alike_own_different_namespaces()
    {
        new SandboxName("a").OwnsNamespace(new SandboxName("a").Namespace("fabric")).Should().BeTrue();
        new SandboxName("a").OwnsNamespace(new SandboxName("a-b").Namespace("fabric")).Should().BeFalse();
        new SandboxName("a").OwnsNamespace("blue").Should().BeFalse();
    }

    [Fact]
    public async Task A_marked_process_and_its_children_are_found_and_swept()
    {
        var name = SandboxName.Unique("sweep");
        // The child drops the mark, as containers do; it is found by its parent.
        using var marked = HostCommand.Start(name, ["sh", "-c", "env -i sleep 300 & echo started; wait"], []);
        (await marked.StandardOutput.ReadLineAsync()).Should().Be("started");
        Leftovers.Find(name).Processes.Should().Contain(marked.Id).And.HaveCount(2);

        await Leftovers.SweepAsync(name, CancellationToken.None);

        Leftovers.Find(name).ToString().Should().Be("nothing");
    }
}
