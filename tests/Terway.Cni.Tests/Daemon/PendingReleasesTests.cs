using Terway.Cni.Daemon;

namespace Terway.Cni.Tests.Daemon;

public sealed class PendingReleasesTests : IDisposable
{
    private static readonly ReleaseRequest Request = new()
    {
        Network = "net",
        Attachment = new("c1", "eth0"),
        Pod = new("default", "web-0", "u"),
        Reason = "del",
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"terway-cni-test-{Guid.NewGuid():N}", "pending");
    private readonly PendingReleases _pending;

    public PendingReleasesTests() => _pending = new PendingReleases(_folder);

    public void Dispose()
    {
        if (Directory.Exists(Path.GetDirectoryName(_folder)))
            Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public void Folder_that_does_not_exist_holds_nothing()
    {
        List().Should().BeEmpty();
        _pending.Remove("net", Request.Attachment).Should().BeFalse();
    }

    [Fact]
    public void Release_that_cannot_be_left_leaves_no_half_of_itself()
    {
        _pending.Add(Request);
        string path = Directory.GetFiles(_folder).Single();
        File.Delete(path);
        Directory.CreateDirectory(path);

        FluentActions.Invoking(() => _pending.Add(Request)).Should().Throw<Exception>().Which.Should().Match(e => e is IOException || e is UnauthorizedAccessException);

        Directory.GetFileSystemEntries(_folder).Should().Equal(path);
    }

    [Fact]
    public void Release_waits_until_it_is_removed()
    {
        _pending.Add(Request);
        _pending.Add(Request);

        List().Should().Equal(Request);
        _pending.Contains("net", Request.Attachment).Should().BeTrue();
        _pending.Remove("net", Request.Attachment).Should().BeTrue();
        List().Should().BeEmpty();
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Attachments_that_look_alike_do_not_share_a_file()
    {
        _pending.Add(Request);
        _pending.Add(Request with { Attachment = new("c1e", "th0") });
        _pending.Add(Request with { Network = "netc1", Attachment = new("", "eth0") });

        List().Should().HaveCount(3);
    }

    [Fact]
    public void File_that_is_no_release_is_told_and_the_others_are_read()
    {
        _pending.Add(Request);
        File.WriteAllText(Path.Combine(_folder, "broken.release"), "{");
        File.WriteAllText(Path.Combine(_folder, "half-written.release.77"), "{");
        var unreadable = new List<string>();

        IReadOnlyList<ReleaseRequest> releases = _pending.List((path, _) => unreadable.Add(Path.GetFileName(path)));

        releases.Should().Equal(Request);
        unreadable.Should().Equal("broken.release");
    }

    private IReadOnlyList<ReleaseRequest> List() => _pending.List((path, e) => throw new InvalidOperationException(path, e));
}
