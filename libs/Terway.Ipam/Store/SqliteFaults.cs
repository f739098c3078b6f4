using Microsoft.Data.Sqlite;

namespace Terway.Ipam.Store;

/// <summary>What SQLite's result codes mean to an operator. Codes from <c>sqlite3.h</c>.</summary>
internal static class SqliteFaults
{
    private const int SQLITE_BUSY = 5;
    private const int SQLITE_LOCKED = 6;
    private const int SQLITE_CORRUPT = 11;
    private const int SQLITE_FULL = 13;
    private const int SQLITE_SCHEMA_ERROR = 1;
    private const int SQLITE_NOTADB = 26;

    public static IpamException Translate(SqliteException e, string operation, string path) => e.SqliteErrorCode switch
    {
        SQLITE_BUSY or SQLITE_LOCKED => new(IpamErrorCode.StoreLocked, operation, $"the store {path}",
            "another process has it open", "Stop the other daemon of this node; 'fuser' on the file shows which it is.", FaultOwner.Store, e),
        SQLITE_FULL => new(IpamErrorCode.StoreFull, operation, $"the store {path}",
            "its disk is full", "Free space on the file system of the store. Nothing was changed, and nothing was lost.", FaultOwner.Store, e),
        SQLITE_CORRUPT or SQLITE_NOTADB => Corrupt(e.Message, operation, path, e),
        SQLITE_SCHEMA_ERROR when operation != "write" => Corrupt(e.Message, operation, path, e),
        _ => Unavailable(e, operation, path),
    };

    public static IpamException Corrupt(string what, string operation, string path, Exception? inner = null) => new(
        IpamErrorCode.StoreCorrupt, operation, $"the store {path}", $"it cannot be read as a store: {what}",
        "Nothing was changed. Move the file away and start again: the pool finds its ENIs in the cloud and its pods in the kernel.", FaultOwner.Store, inner);

    public static IpamException TooNew(long version, long known, string path) => new(
        IpamErrorCode.StoreTooNew, "open", $"the store {path}", $"it has version {version}, and this program knows up to {known}",
        "Run the version that wrote it, or a newer one.", FaultOwner.Store);

    public static IpamException Unavailable(Exception e, string operation, string path) => new(
        IpamErrorCode.StoreUnavailable, operation, $"the store {path}", e.Message.TrimEnd('.'),
        "Check that the folder exists, that this user may write there, and that its disk works.", FaultOwner.Store, e);
}
