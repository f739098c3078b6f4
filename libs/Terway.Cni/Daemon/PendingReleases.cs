using System.Text.Json;
using Terway.Cni.Daemon.Internal;

namespace Terway.Cni.Daemon;

/// <summary>
/// The folder in which a plugin leaves releases that it could not bring to the daemon, one small file per attachment.
/// </summary>
/// <remarks>
/// The daemon settles the files at its start and from time to time: for each, it takes its lock of the pod, looks whether the file is still there,
/// releases, and removes the file. An ADD of the same attachment removes the file before it allocates, so that a late settlement can not take away what a newer ADD got.
/// </remarks>
public sealed class PendingReleases : IPendingReleases
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Suffix = ".release";
    private const int MaxShown = 80;
    private readonly string _folder;

    /// <summary>Names the folder, which need not exist.</summary>
    /// <param name="folder">The folder's path.</param>
    public PendingReleases(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
    }

    /// <inheritdoc/>
    public void Add(ReleaseRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Directory.CreateDirectory(_folder, FolderMode);
        string path = PathOf(request.Network, request.Attachment);
        string temporary = $"{path}.{Environment.ProcessId}";
        try
        {
            File.WriteAllBytes(temporary, RequestCodec.EncodeRelease(request).ToArray());
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // On a full disk, whatever was begun takes room from the next one.
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Remove(string network, Attachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        string path = PathOf(network, attachment);
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    /// <inheritdoc/>
    public bool Contains(string network, Attachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        return File.Exists(PathOf(network, attachment));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReleaseRequest> List(Action<string, Exception> onUnreadable)
    {
        ArgumentNullException.ThrowIfNull(onUnreadable);
        var releases = new List<ReleaseRequest>();
        if (!Directory.Exists(_folder))
            return releases;

        foreach (string path in Directory.EnumerateFiles(_folder, "*" + Suffix))
        {
            try
            {
                releases.Add(RequestCodec.DecodeRelease(File.ReadAllBytes(path)));
            }
            catch (FileNotFoundException)
            {
                // An ADD of the same attachment took it away.
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                onUnreadable(path, e);
            }
        }
        return releases;
    }

    // The attachment in the name is for people; the hash of the whole key is what tells look-alikes apart.
    private string PathOf(string network, Attachment attachment)
    {
        ulong hash = Hash($"{network}/{attachment.ContainerId}/{attachment.IfName}");
        return Path.Combine(_folder, $"{Shown(attachment.ContainerId)}-{Shown(attachment.IfName)}-{hash:x16}{Suffix}");
    }

    /// <summary>FNV-1a. A cryptographic hash would load OpenSSL, which costs a plugin more than all the rest of its work.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
            hash = unchecked((hash ^ c) * 1099511628211);
        return hash;
    }

    /// <summary>At most 80 characters of a name, none of which a path could misunderstand.</summary>
    private static string Shown(string name) => string.Create(Math.Min(name.Length, MaxShown), name, static (shown, text) =>
    {
        for (int i = 0; i < shown.Length; i++)
            shown[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
    });
}
