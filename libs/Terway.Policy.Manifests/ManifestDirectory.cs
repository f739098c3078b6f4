using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Terway.Policy.Manifests.Internal;

namespace Terway.Policy.Manifests;

/// <summary>A folder of manifests that is watched: each change of it becomes a snapshot, within a few hundredths of a second.</summary>
/// <remarks>
/// <para>
/// A file is taken when whoever wrote it closes it, or when it is moved into place; until then what it held before counts. A file that
/// cannot be read as YAML or JSON keeps what it held before, too, and is named. Subfolders count; names that begin with a dot do not,
/// but a change of them has the folder looked at, so that a mounted ConfigMap works.
/// </para>
/// <para>Not safe for use by several threads at once. Needs inotify (Linux 2.6.27).</para>
/// </remarks>
public sealed class ManifestDirectory : IDisposable
{
    /// <summary>Long enough that files which are changed together are mostly read together, and that the events of what was read have come.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(10);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly FolderWatch _watch = new();
    private readonly Dictionary<string, (string Hash, ManifestFile? File, ManifestException? Error)> _read = new(StringComparer.Ordinal);

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock for the few milliseconds that changes are given to settle.</param>
    /// <exception cref="ManifestException">The folder is not there, or cannot be watched.</exception>
    public ManifestDirectory(string folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _time) = (folder, time);
        try
        {
            WatchFolders();
        }
        catch
        {
            _watch.Dispose();
            throw;
        }
    }

    /// <summary>A digest of what the manifests of a folder hold now: the same for the same files with the same content.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ManifestException">The folder is not there.</exception>
    public static string DigestOf(string folder) => Digest(folder, ManifestFolder.Files(folder).Select(path => (path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))));

    /// <summary>What the folder holds now, and then each time what it holds after a change.</summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async IAsyncEnumerable<ManifestSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = Read();
        yield return last;
        while (true)
        {
            await _watch.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Settling, _time, cancellationToken).ConfigureAwait(false);
            var isNews = _watch.Drain();
            _watch.Continue();
            if (!isNews)
                continue;
            var next = Read();
            if (next.Digest == last.Digest && next.Unreadable.Select(e => e.Message).SequenceEqual(last.Unreadable.Select(e => e.Message), StringComparer.Ordinal))
                continue;
            last = next;
            yield return next;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    private ManifestSnapshot Read()
    {
        ImmutableArray<string> paths;
        try
        {
            WatchFolders();
            paths = ManifestFolder.Files(_folder);
        }
        catch (ManifestException e)
        {
            // Gone, with its folder maybe: what was there counts until somebody says otherwise.
            return Snapshot([e]);
        }

        var former = new Dictionary<string, (string, ManifestFile?, ManifestException?)>(_read, StringComparer.Ordinal);
        foreach (var gone in _read.Keys.Except(paths, StringComparer.Ordinal).ToList())
            _read.Remove(gone);
        foreach (var path in paths.Where(p => !_watch.BeingWritten.Contains(p)))
            Read(path);

        // Whoever began to write while this read has left the event by now: what was read of that file may be half of it.
        _watch.Drain();
        foreach (var path in _watch.BeingWritten)
        {
            if (former.TryGetValue(path, out var before))
                _read[path] = before;
            else
                _read.Remove(path);
        }

        return Snapshot([]);
    }

    private void Read(string path)
    {
        var known = _read.GetValueOrDefault(path);
        try
        {
            var bytes = File.ReadAllBytes(path);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (known.Hash != hash)
                _read[path] = (hash, ManifestFile.Parse(Encoding.UTF8.GetString(bytes), path), null);
        }
        catch (ManifestException e)
        {
            _read[path] = ("", known.File, e);
        }
        catch (FileNotFoundException)
        {
            // Gone since the folder was listed; the event of that is on its way.
            _read.Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _read[path] = ("", known.File, new ManifestException(path, line: null, e.Message, "make the file readable", e));
        }
    }

    private ManifestSnapshot Snapshot(IEnumerable<ManifestException> errors)
    {
        var sorted = _read.OrderBy(f => f.Key, StringComparer.Ordinal).ToList();
        return new(
            sorted.Select(f => f.Value.File).OfType<ManifestFile>().ToEquatableArray(),
            [.. errors, .. sorted.Select(f => f.Value.Error).OfType<ManifestException>()],
            Digest(_folder, sorted.Select(f => (f.Key, f.Value.Hash))));
    }

    private void WatchFolders()
    {
        try
        {
            foreach (var folder in ManifestFolder.Folders(_folder))
                _watch.Add(folder);
        }
        catch (IOException e)
        {
            throw new ManifestException(_folder, line: null, e.Message, "name a folder that is there; inotify's limits are in /proc/sys/fs/inotify", e);
        }
    }

    private static string Digest(string folder, IEnumerable<(string Path, string Hash)> files)
    {
        var text = string.Concat(files.Select(f => $"{Path.GetRelativePath(folder, f.Path)}\n{f.Hash}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
