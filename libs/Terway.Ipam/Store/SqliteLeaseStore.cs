using Microsoft.Data.Sqlite;

namespace Terway.Ipam.Store;

/// <summary>The store of a node: one SQLite file that one process has open.</summary>
/// <remarks>
/// <para>Write-ahead log with <c>synchronous=NORMAL</c>: a commit survives the end of the process, however sudden, and costs no
/// disk flush. A loss of power may take the last commits away, but never the order or the whole of one; that is enough because the
/// same loss of power ends every pod: their sandboxes are made anew, and a lease that is still in the file without a sandbox is
/// found by the next collection. Only the intent to create an ENI is flushed to the disk (<c>synchronous=FULL</c>, and with it all
/// that was written before), because the cloud keeps its side of it whatever happens to the node.</para>
/// <para>The file has mode 0600. A file that cannot be read is never changed or replaced.</para>
/// </remarks>
public sealed class SqliteLeaseStore : ILeaseStore
{
    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly LedgerCommands _commands;

    private SqliteLeaseStore(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
        _commands = new LedgerCommands(connection);
    }

    /// <summary>Opens a store, and makes it when the file is not there; the folder must exist.</summary>
    /// <param name="path">The file. Beside it lie <c>-wal</c> and <c>-shm</c> while it is open.</param>
    /// <exception cref="IpamException">The file is corrupt, locked, too new, or cannot be opened.</exception>
    public static SqliteLeaseStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SqliteConnection? connection = null;
        try
        {
            CreatePrivately(path);
            CheckHeader(path);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            SqliteSchema.Prepare(connection, path);
            var store = new SqliteLeaseStore(path, connection);
            connection = null;
            return store;
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Translate(e, "open", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Unavailable(e, "open", path);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <inheritdoc/>
    public StoredPool Load()
    {
        lock (_lock)
        {
            try
            {
                return LedgerReader.Read(_connection);
            }
            catch (SqliteException e)
            {
                throw SqliteFaults.Translate(e, "read", _path);
            }
            catch (Exception e) when (e is FormatException or InvalidCastException or ArgumentException or System.Text.Json.JsonException)
            {
                throw SqliteFaults.Corrupt(e.Message, "read", _path, e);
            }
        }
    }

    /// <inheritdoc/>
    public void Commit(IReadOnlyList<LedgerChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_lock)
        {
            try
            {
                if (changes.Any(change => change is LedgerChange.PutEni { IsIntent: true }))
                    WriteFlushed(changes);
                else
                    Write(changes);
            }
            catch (SqliteException e)
            {
                throw SqliteFaults.Translate(e, "write", _path);
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _commands.Dispose();
            _connection.Dispose();
        }
    }

    private void WriteFlushed(IReadOnlyList<LedgerChange> changes)
    {
        SqliteSchema.SetSynchronous(_connection, "FULL");
        try
        {
            Write(changes);
        }
        finally
        {
            SqliteSchema.SetSynchronous(_connection, "NORMAL");
        }
    }

    private void Write(IReadOnlyList<LedgerChange> changes)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var change in changes)
            _commands.Execute(change, transaction);
        transaction.Commit();
    }

    /// <summary>SQLite takes a file that is shorter than its header for an empty one, and would write over it.</summary>
    private static void CheckHeader(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[Header.Length];
        var read = file.ReadAtLeast(header, Header.Length, throwOnEndOfStream: false);
        if (read > 0 && !header[..read].SequenceEqual(Header))
            throw SqliteFaults.Corrupt("it is not a SQLite database", "open", path);
    }

    /// <summary>SQLite gives its side files the mode of the main one, which must exist with it before.</summary>
    private static void CreatePrivately(string path)
    {
        if (File.Exists(path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(path, options);
    }
}
