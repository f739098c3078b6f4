using Microsoft.Data.Sqlite;

namespace Terway.Ipam.Store;

/// <summary>The tables of the store, and how a file becomes one.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a SQLite file as ours: the text <c>TrwI</c>.</summary>
    private const long ApplicationId = 0x54727749;

    private const long Version = 2;

    /// <summary>What makes a file of version N one of version N + 1, at place N − 1.</summary>
    private static readonly string[] Migrations =
    [
        "ALTER TABLE enis ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;",
    ];

    /// <summary>An address has one holder: the file itself refuses a second one.</summary>
    private const string Tables = """
        CREATE TABLE leases (
            container_id TEXT NOT NULL, if_name TEXT NOT NULL,
            pod_namespace TEXT NOT NULL, pod_name TEXT NOT NULL, pod_uid TEXT,
            ipv4 TEXT UNIQUE, ipv6 TEXT UNIQUE,
            eni TEXT NOT NULL, granted_at INTEGER NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (container_id, if_name)) WITHOUT ROWID;
        CREATE TABLE addresses (
            address TEXT NOT NULL PRIMARY KEY, eni_id TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE enis (
            token TEXT NOT NULL PRIMARY KEY, intent TEXT NOT NULL, requested_at INTEGER NOT NULL,
            eni TEXT, retiring INTEGER NOT NULL, excluded INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE TABLE node (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), node TEXT NOT NULL);
        """;

    public static void Prepare(SqliteConnection connection, string path)
    {
        // The exclusive lock is taken with the first read and kept: a second process is refused from then on.
        Execute(connection, "PRAGMA locking_mode=EXCLUSIVE");
        var application = Scalar(connection, "PRAGMA application_id");
        var version = Scalar(connection, "PRAGMA user_version");
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_schema");
        if (application == 0 && version == 0 && tables == 0)
            Create(connection);
        else if (application != ApplicationId || version < 1)
            throw SqliteFaults.Corrupt("the file is a SQLite database of another program", "open", path);
        else if (version > Version)
            throw SqliteFaults.TooNew(version, Version, path);

        Execute(connection, "PRAGMA journal_mode=WAL");
        SetSynchronous(connection, "NORMAL");
        Check(connection, path);
        if (application == ApplicationId && version < Version)
            Migrate(connection, version);
        Execute(connection, "BEGIN IMMEDIATE; COMMIT");
    }

    public static void SetSynchronous(SqliteConnection connection, string level) => Execute(connection, $"PRAGMA synchronous={level}");

    private static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version};";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>All steps or none: a file is never of a version in between.</summary>
    private static void Migrate(SqliteConnection connection, long from)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{string.Concat(Migrations[(int)(from - 1)..])} PRAGMA user_version={Version};";
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static void Check(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is string verdict && verdict != "ok")
            throw SqliteFaults.Corrupt(verdict, "open", path);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
