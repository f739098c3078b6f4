using System.Diagnostics;

namespace Terway.Policy.Manifests;

/// <summary>A folder that is watched. Each wait is for a state to come, bounded only so that a failure ends.</summary>
public sealed class ManifestDirectoryTests : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new(Bound);
    private readonly ManifestDirectory _directory;
    private readonly IAsyncEnumerator<ManifestSnapshot> _snapshots;

    public ManifestDirectoryTests()
    {
        _folder.Write("a.yaml", Pod("a"));
        _directory = new ManifestDirectory(_folder.Path, TimeProvider.System);
        _snapshots = _directory.WatchAsync(_stop.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _snapshots.DisposeAsync();
        _directory.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_first_snapshot_is_what_is_there()
    {
        ManifestSnapshot first = await NextAsync();

        Names(first).Should().Equal("a");
        first.Digest.Should().Be(ManifestDirectory.DigestOf(_folder.Path));
    }

    [Fact]
    public async Task Files_come_change_move_and_go()
    {
        await NextAsync();

        _folder.Write("b.yaml", Pod("b"));
        await UntilAsync("a", "b");
        _folder.Write("a.yaml", Pod("c"));
        await UntilAsync("c", "b");
        File.Move(Path.Combine(_folder.Path, "a.yaml"), Path.Combine(_folder.Path, "z.yaml"));
        await UntilAsync("b", "c");
        File.Delete(Path.Combine(_folder.Path, "b.yaml"));
        ManifestSnapshot last = await UntilAsync("c");

        last.Digest.Should().Be(ManifestDirectory.DigestOf(_folder.Path));
    }

    [Fact]
    public async Task A_folder_below_is_watched_from_its_birth()
    {
        await NextAsync();

        Directory.CreateDirectory(Path.Combine(_folder.Path, "below", "deeper"));
        _folder.Write("below/deeper/b.yaml", Pod("b"));
        await UntilAsync("a", "b");
        _folder.Write("below/deeper/b.yaml", Pod("c"));
        await UntilAsync("a", "c");
        Directory.Delete(Path.Combine(_folder.Path, "below"), recursive: true);
        await UntilAsync("a");
    }

    [Fact]
    public async Task A_file_is_taken_when_its_writer_closes_it_and_not_before()
    {
        await NextAsync();
        await using (StreamWriter half = new(Path.Combine(_folder.Path, "a.yaml")))
        {
            await half.WriteAsync(Pod("half"));
            await half.FlushAsync();
            _folder.Write("b.yaml", Pod("b"));

            Names(await UntilAsync("a", "b")).Should().Equal(["a", "b"], "the other file has the folder read, and this one is not closed");

            await half.WriteAsync("---\n" + Pod("whole"));
        }

        await UntilAsync("half", "whole", "b");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_keeps_what_it_held_and_is_named()
    {
        await NextAsync();

        _folder.Write("a.yaml", "kind: [Pod");
        _folder.Write("b.yaml", Pod("b"));
        ManifestSnapshot broken = await UntilAsync("a", "b");

        broken.Unreadable.Should().ContainSingle().Which.Message.Should().Contain("a.yaml, line");
        _folder.Write("a.yaml", Pod("mended"));
        (await UntilAsync("mended", "b")).Unreadable.Should().BeEmpty();
    }

    [Fact]
    public async Task A_config_map_that_is_mounted_changes_all_files_at_once()
    {
        await NextAsync();
        File.Delete(Path.Combine(_folder.Path, "a.yaml"));
        _folder.Write("..1/m.yaml", Pod("one"));
        _folder.Write("..2/m.yaml", Pod("two"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "m.yaml"), "..data/m.yaml");
        await UntilAsync("one");

        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "..data_tmp"), "..2");
        // As the kubelet does it; File.Move does not take a link to a folder.
        using Process move = Process.Start("mv", ["-T", Path.Combine(_folder.Path, "..data_tmp"), Path.Combine(_folder.Path, "..data")]);
        await move.WaitForExitAsync();

        await UntilAsync("two");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        FluentActions.Invoking(() => new ManifestDirectory(Path.Combine(_folder.Path, "nowhere"), TimeProvider.System))
            .Should().Throw<ManifestException>().WithMessage("*nowhere*");

    private async Task<ManifestSnapshot> NextAsync()
    {
        (await _snapshots.MoveNextAsync()).Should().BeTrue();
        return _snapshots.Current;
    }

    private async Task<ManifestSnapshot> UntilAsync(params string[] names)
    {
        while (true)
        {
            ManifestSnapshot next = await NextAsync();
            if (Names(next).SequenceEqual(names))
                return next;
        }
    }

    private static IEnumerable<string> Names(ManifestSnapshot snapshot) => snapshot.ToSet().Resources.Select(r => r.Name);

    private static string Pod(string name) => $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n";
}
