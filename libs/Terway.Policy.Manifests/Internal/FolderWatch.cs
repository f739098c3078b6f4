using System.Buffers.Binary;
using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Terway.Policy.Manifests.Internal;

/// <summary>
/// inotify over a folder and those below it (inotify(7)). The platform's own watcher does not tell when a writer closes a file, which
/// is what tells a whole file from half of one.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    /// <summary><c>struct inotify_event</c> without its name: wd, mask, cookie, len.</summary>
    private const int HeaderLength = 16;

    private readonly SafeFileHandle _inotify;
    private readonly AnonymousPipeServerStream _stop = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _stopped;
    private readonly Dictionary<int, string> _folders = [];
    private readonly HashSet<string> _beingWritten = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _drained = new(0);
    private readonly byte[] _buffer = new byte[64 * 1024];

    internal FolderWatch()
    {
        var descriptor = Interop.InotifyInit1(Interop.InNonBlockCloseOnExec);
        if (descriptor < 0)
            throw new IOException($"inotify_init1: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        _inotify = new SafeFileHandle(descriptor, ownsHandle: true);
        _stopped = new AnonymousPipeClientStream(PipeDirection.In, _stop.ClientSafePipeHandle);
        new Thread(WaitForEvents) { IsBackground = true, Name = "manifests" }.Start();
    }

    /// <summary>Files that were written to and are not closed yet, as far as events were drained.</summary>
    internal IReadOnlySet<string> BeingWritten => _beingWritten;

    /// <summary>Watches a folder; one that is watched already is no mistake.</summary>
    internal void Add(string folder)
    {
        var watch = Interop.InotifyAddWatch(_inotify, folder, InotifyMask.FolderContent | InotifyMask.OnlyFolders);
        if (watch < 0)
            throw new IOException($"inotify_add_watch {folder}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        _folders[watch] = folder;
    }

    /// <summary>Waits until there are events; <see cref="Drain"/> must follow.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) => _arrived.WaitAsync(cancellationToken);

    /// <summary>Takes the events that are there; whether anything but writing happened.</summary>
    internal bool Drain()
    {
        var isNews = false;
        while (Interop.Read(_inotify, _buffer, _buffer.Length) is > 0 and var length)
            isNews |= Take(_buffer.AsSpan(0, (int)length));
        return isNews;
    }

    /// <summary>Lets the wait for further events begin.</summary>
    internal void Continue() => _drained.Release();

    public void Dispose()
    {
        _stop.Dispose();
        _drained.Release();
    }

    private bool Take(ReadOnlySpan<byte> events)
    {
        var isNews = false;
        while (events.Length >= HeaderLength)
        {
            var nameLength = (int)BinaryPrimitives.ReadUInt32LittleEndian(events[12..]);
            var name = events.Slice(HeaderLength, nameLength);
            isNews |= Note(
                BinaryPrimitives.ReadInt32LittleEndian(events),
                (InotifyMask)BinaryPrimitives.ReadUInt32LittleEndian(events[4..]),
                Encoding.UTF8.GetString(name[..(name.IndexOf((byte)0) is >= 0 and var end ? end : name.Length)]));
            events = events[(HeaderLength + nameLength)..];
        }

        return isNews;
    }

    private bool Note(int watch, InotifyMask what, string name)
    {
        if (what.HasFlag(InotifyMask.QueueOverflow))
        {
            _beingWritten.Clear();
            return true;
        }

        if (!_folders.TryGetValue(watch, out var folder))
            return false;
        var path = name.Length == 0 ? folder : Path.Combine(folder, name);
        if (what.HasFlag(InotifyMask.Modify))
        {
            _beingWritten.Add(path);
            return false;
        }

        if ((what & (InotifyMask.CloseWrite | InotifyMask.MovedFrom | InotifyMask.MovedTo | InotifyMask.Delete)) != InotifyMask.None)
            _beingWritten.Remove(path);
        return true;
    }

    /// <summary>Waits in the kernel on a thread of its own, since the platform waits asynchronously for sockets only.</summary>
    private void WaitForEvents()
    {
        using var stopped = _stopped;
        using var inotify = _inotify;
        Interop.PollDescriptor[] wanted =
        [
            new() { FileDescriptor = (int)inotify.DangerousGetHandle(), Events = Interop.PollIn },
            new() { FileDescriptor = (int)stopped.SafePipeHandle.DangerousGetHandle(), Events = Interop.PollIn },
        ];
        while (true)
        {
            var ready = Interop.Poll(wanted, (nuint)wanted.Length, timeoutMilliseconds: -1);
            if (ready < 0)
                continue;
            if (wanted[1].Returned != 0)
                return;
            _arrived.Release();
            _drained.Wait();
        }
    }
}
