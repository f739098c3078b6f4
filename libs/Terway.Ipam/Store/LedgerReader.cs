using System.Collections.Immutable;
using System.Net;
using Microsoft.Data.Sqlite;
using Terway.Cloud;

namespace Terway.Ipam.Store;

/// <summary>Reads a whole store.</summary>
internal static class LedgerReader
{
    public static StoredPool Read(SqliteConnection connection) => new()
    {
        Leases = ReadLeases(connection),
        Addresses = Read(connection, "SELECT * FROM addresses", ReadAddress),
        Enis = Read(connection, "SELECT * FROM enis ORDER BY requested_at, token", ReadEni),
        Node = Read(connection, "SELECT node FROM node", row => StoredEniText.ReadNode(row.GetString(0))).FirstOrDefault(),
    };

    private static ImmutableArray<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var result = ImmutableArray.CreateBuilder<T>();
        while (rows.Read())
            result.Add(read(rows));
        return result.DrainToImmutable();
    }

    /// <summary>Leases of one ENI share its text, which is read once.</summary>
    private static ImmutableArray<Lease> ReadLeases(SqliteConnection connection)
    {
        var enis = new Dictionary<string, LeaseEni>(StringComparer.Ordinal);
        return Read(connection, "SELECT * FROM leases", row => ReadLease(row, EniOf(row.GetString(7))));

        LeaseEni EniOf(string text)
        {
            if (!enis.TryGetValue(text, out var eni))
                enis.Add(text, eni = StoredEniText.ReadEni(text));
            return eni;
        }
    }

    private static Lease ReadLease(SqliteDataReader row, LeaseEni eni) => new()
    {
        Attachment = new AttachmentKey(row.GetString(0), row.GetString(1)),
        Pod = new PodKey(row.GetString(2), row.GetString(3)),
        PodUid = row.IsDBNull(4) ? null : row.GetString(4),
        IPv4 = row.IsDBNull(5) ? null : IPAddress.Parse(row.GetString(5)),
        IPv6 = row.IsDBNull(6) ? null : IPAddress.Parse(row.GetString(6)),
        Eni = eni,
        GrantedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        Payload = row.GetFieldValue<byte[]>(9),
    };

    private static StoredAddress ReadAddress(SqliteDataReader row) => new(
        IPAddress.Parse(row.GetString(0)),
        new EniId(row.GetString(1)),
        Enum.Parse<StoredAddressKind>(row.GetString(2)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));

    private static StoredEni ReadEni(SqliteDataReader row) => new()
    {
        Token = new ClientToken(row.GetString(0)),
        Intent = StoredEniText.ReadIntent(row.GetString(1)),
        RequestedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        Eni = row.IsDBNull(3) ? null : StoredEniText.ReadEni(row.GetString(3)),
        Retiring = row.GetInt64(4) != 0,
        Excluded = row.GetInt64(5) != 0,
    };
}
