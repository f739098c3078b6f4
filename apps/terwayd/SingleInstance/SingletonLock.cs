namespace Terwayd.SingleInstance;

/// <summary>
/// The advisory lock that makes sure of one daemon per node. The kernel lets go of it when the process ends in whatever way, so a
/// killed daemon never blocks its successor. It excludes upstream's daemon as well, which locks the same file.
/// </summary>
internal sealed class SingletonLock : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private SingletonLock(FileStream file) => _file = file;

    internal static async Task<SingletonLock> AcquireAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var deadline = time.GetTimestamp();
        while (true)
        {
            try
            {
                var acquired = new SingletonLock(Open(path));
                WriteHolder(path);
                return acquired;
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(deadline) >= Patience)
                    throw Refused(path, e);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>FileShare.None is <c>flock(LOCK_EX | LOCK_NB)</c>: it fails at once when another process holds the lock.</summary>
    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    /// <summary>The holder is named beside the lock: the locked file itself cannot be opened by whoever wants to know.</summary>
    private static string HolderPath(string path) => Path.ChangeExtension(path, ".pid");

    private static void WriteHolder(string path) => File.WriteAllText(HolderPath(path), $"{Environment.ProcessId}\n");

    private static TerwaydException Refused(string path, IOException cause)
    {
        string holder;
        try
        {
            holder = $"process {File.ReadAllText(HolderPath(path)).Trim()}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            holder = "another process";
        }

        return new TerwaydException(
            DaemonErrors.AlreadyRunning,
            $"locking {path}: {holder} holds it since {Patience.TotalSeconds} s or longer",
            "one terwayd serves a node; stop the other one first",
            cause);
    }
}
