namespace Terway.Netlink.KernelTests;

public sealed class NamespaceKernelTests
{
    [Fact]
    public void Work_runs_inside_and_the_caller_stays_outside()
    {
        using var before = NetworkNamespace.OpenCurrent();
        using var inside = NetworkNamespace.Create();

        var seen = inside.Run(() =>
        {
            using var current = NetworkNamespace.OpenCurrent();
            return current.Id;
        });

        using var after = NetworkNamespace.OpenCurrent();
        seen.Should().Be(inside.Id);
        after.Id.Should().Be(before.Id).And.NotBe(inside.Id);
    }

    [Fact]
    public void Exception_of_the_work_reaches_the_caller()
    {
        using var inside = NetworkNamespace.Create();

        var run = () => inside.Run(() => throw new InvalidOperationException("of the work"));

        run.Should().Throw<InvalidOperationException>().WithMessage("of the work");
    }

    [Fact]
    public void Calling_thread_goes_inside_and_comes_back_also_when_the_work_fails()
    {
        using var before = NetworkNamespace.OpenCurrent();
        using var inside = NetworkNamespace.Create();
        var thread = Environment.CurrentManagedThreadId;

        var seen = inside.RunOnThisThread(() =>
        {
            using var current = NetworkNamespace.OpenCurrent();
            return (current.Id, Environment.CurrentManagedThreadId);
        });
        var fail = () => inside.RunOnThisThread<int>(() => throw new InvalidOperationException("of the work"));

        seen.Should().Be((inside.Id, thread));
        fail.Should().Throw<InvalidOperationException>().WithMessage("of the work");
        using var after = NetworkNamespace.OpenCurrent();
        after.Id.Should().Be(before.Id).And.NotBe(inside.Id);
    }

    [Fact]
    public void Named_namespace_is_the_one_that_ip_knows()
    {
        var name = $"nltest-{Environment.ProcessId}";
        using var made = NetworkNamespace.Create(name);
        try
        {
            using var opened = NetworkNamespace.OpenNamed(name);
            opened.Id.Should().Be(made.Id);
            using var host = new KernelNamespace();
            host.Execute("ip", "netns", "list").Should().Contain(name);
            var twice = () => NetworkNamespace.Create(name);
            twice.Should().Throw<NetlinkException>().Where(e => e.IsAlreadyExists).WithMessage($"create network namespace {name}: File exists");
        }
        finally
        {
            NetworkNamespace.Delete(name);
        }
        File.Exists($"/run/netns/{name}").Should().BeFalse();
        var again = () => NetworkNamespace.Delete(name);
        again.Should().Throw<NetlinkException>().Which.IsNotFound.Should().BeTrue();
    }

    [Fact]
    public void Namespace_of_a_process_is_opened_by_its_id()
    {
        using var ours = NetworkNamespace.OpenProcess(Environment.ProcessId);
        using var current = NetworkNamespace.OpenCurrent();

        ours.Id.Should().Be(current.Id);
    }

    [Theory]
    [InlineData("/run/netns/there-is-none", Errno.NoEntry)]
    [InlineData("/etc/passwd", Errno.Invalid)]
    [InlineData("/proc/self/ns/mnt", Errno.Invalid)]
    [InlineData("/proc/0/ns/net", Errno.NoEntry)]
    public void Path_that_is_no_network_namespace_is_refused(string path, Errno errno)
    {
        var open = () => NetworkNamespace.Open(path);

        open.Should().Throw<NetlinkException>().Which.Errno.Should().Be(errno);
    }

    [Fact]
    public async Task Pipe_without_a_writer_is_refused_at_once()
    {
        var pipe = Path.Combine(Path.GetTempPath(), $"nltest-{Guid.NewGuid():N}");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", pipe))
            await mkfifo.WaitForExitAsync();
        try
        {
            var open = () => Task.Run(() => NetworkNamespace.Open(pipe)).WaitAsync(TimeSpan.FromSeconds(30));

            (await open.Should().ThrowAsync<NetlinkException>()).Which.Errno.Should().Be(Errno.Invalid);
        }
        finally
        {
            File.Delete(pipe);
        }
    }

    [Fact]
    public void Disposed_namespace_cannot_be_the_target_of_a_move()
    {
        using var host = new KernelNamespace();
        var (link, _) = host.AddVeth();
        var gone = NetworkNamespace.Create();
        gone.Dispose();

        var move = () => host.Netlink.Links.Move(link, gone);

        move.Should().Throw<ObjectDisposedException>("its number may be another file's by now");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Name_that_is_no_path_segment_is_refused(string name)
    {
        var open = () => NetworkNamespace.OpenNamed(name);

        open.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Connection_outlives_the_handle_and_keeps_its_namespace()
    {
        var inside = NetworkNamespace.Create();
        using var netlink = RtNetlink.Open(inside);
        inside.Dispose();

        netlink.Links.Add(new LinkMessage { Name = "v0", Kind = new VethKind() });

        netlink.Links.List().Should().HaveCount(3);
    }

    [Fact]
    public void Namespace_gets_a_number_and_is_found_by_it()
    {
        using var host = new KernelNamespace();
        using var other = new KernelNamespace();
        host.Netlink.NamespaceIds.Find(other.Namespace).Should().BeNull();

        host.Netlink.NamespaceIds.Assign(other.Namespace, 12);

        host.Netlink.NamespaceIds.Find(other.Namespace).Should().Be(12);
        host.Execute("ip", "netns", "list-id").Should().Contain("nsid 12");
        var again = () => host.Netlink.NamespaceIds.Assign(other.Namespace, 13);
        again.Should().Throw<NetlinkException>().Which.IsAlreadyExists.Should().BeTrue();
    }
}
