using System.Text;

namespace Terwayd.Publication;

/// <summary>
/// Publishes the CNI configuration that makes the runtime see the node's network as ready; so it is called last at start. The file
/// appears whole or not at all, and is left alone when it says the same already.
/// </summary>
internal sealed class ConflistPublisher(string cniConfDirectory)
{
    internal const string FileName = "10-terway.conflist";

    /// <summary>Published by old versions under this name; it would win over nothing but stays in the way of readers.</summary>
    internal const string OldFileName = "10-terway.conf";

    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal string Path => System.IO.Path.Combine(cniConfDirectory, FileName);

    /// <summary>Returns whether the file changed.</summary>
    internal bool Publish(string conflist)
    {
        try
        {
            Directory.CreateDirectory(cniConfDirectory);
            var changed = !IsPublished(conflist);
            if (changed)
                Replace(conflist);
            File.Delete(System.IO.Path.Combine(cniConfDirectory, OldFileName));
            return changed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TerwaydException(
                DaemonErrors.ConflistUnwritable,
                $"publishing the CNI configuration {Path}: {e.Message}",
                "the runtime sees no network until it is there; make the folder writable or name another with --cni-conf-dir",
                e);
        }
    }

    private bool IsPublished(string conflist) => File.Exists(Path) && File.ReadAllText(Path) == conflist;

    /// <summary>The temporary name has no extension that a runtime loads, and lies in the same folder so that the rename is atomic.</summary>
    private void Replace(string conflist)
    {
        var temporary = System.IO.Path.Combine(cniConfDirectory, $".{FileName}.{Environment.ProcessId}.tmp");
        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerReadWrite,
            }))
            {
                file.Write(Encoding.UTF8.GetBytes(conflist));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
