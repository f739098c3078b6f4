using Microsoft.Data.Sqlite;

namespace Terway.Ipam.Store;

/// <summary>The statements that write a store, prepared once.</summary>
internal sealed class LedgerCommands : IDisposable
{
    private const int MaxTexts = 64;

    private readonly Dictionary<LeaseEni, string> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly SqliteCommand _putLease;
    private readonly SqliteCommand _dropLease;
    private readonly SqliteCommand _putAddress;
    private readonly SqliteCommand _dropAddress;
    private readonly SqliteCommand _putEni;
    private readonly SqliteCommand _dropEni;
    private readonly SqliteCommand _putNode;

    public LedgerCommands(SqliteConnection connection)
    {
        _putLease = Make(connection, """
            INSERT INTO leases VALUES ($container, $if, $namespace, $name, $uid, $ipv4, $ipv6, $eni, $granted, $payload)
            ON CONFLICT (container_id, if_name) DO UPDATE SET
                pod_namespace=excluded.pod_namespace, pod_name=excluded.pod_name, pod_uid=excluded.pod_uid,
                ipv4=excluded.ipv4, ipv6=excluded.ipv6, eni=excluded.eni, granted_at=excluded.granted_at, payload=excluded.payload
            """, "$container", "$if", "$namespace", "$name", "$uid", "$ipv4", "$ipv6", "$eni", "$granted", "$payload");
        _dropLease = Make(connection, "DELETE FROM leases WHERE container_id=$container AND if_name=$if", "$container", "$if");
        _putAddress = Make(connection, "INSERT OR REPLACE INTO addresses VALUES ($address, $eni, $kind, $until)", "$address", "$eni", "$kind", "$until");
        _dropAddress = Make(connection, "DELETE FROM addresses WHERE address=$address", "$address");
        _putEni = Make(connection, "INSERT OR REPLACE INTO enis VALUES ($token, $intent, $requested, $eni, $retiring, $excluded)",
            "$token", "$intent", "$requested", "$eni", "$retiring", "$excluded");
        _dropEni = Make(connection, "DELETE FROM enis WHERE token=$token", "$token");
        _putNode = Make(connection, "INSERT OR REPLACE INTO node VALUES (1, $node)", "$node");
    }

    public void Execute(LedgerChange change, SqliteTransaction transaction)
    {
        switch (change)
        {
            case LedgerChange.PutLease put:
                var lease = put.Lease;
                Run(_putLease, transaction, lease.Attachment.ContainerId, lease.Attachment.IfName, lease.Pod.Namespace, lease.Pod.Name, lease.PodUid,
                    lease.IPv4?.ToString(), lease.IPv6?.ToString(), Text(lease.Eni), lease.GrantedAt.ToUnixTimeMilliseconds(), lease.Payload.ToArray());
                break;
            case LedgerChange.DropLease drop:
                Run(_dropLease, transaction, drop.Attachment.ContainerId, drop.Attachment.IfName);
                break;
            case LedgerChange.PutAddress put:
                Run(_putAddress, transaction, put.Address.Address.ToString(), put.Address.Eni.Value, put.Address.Kind.ToString(), RoundedUp(put.Address.Until));
                break;
            case LedgerChange.DropAddress drop:
                Run(_dropAddress, transaction, drop.Address.ToString());
                break;
            case LedgerChange.PutEni put:
                var eni = put.Eni;
                Run(_putEni, transaction, eni.Token.Value, StoredEniText.Write(eni.Intent), eni.RequestedAt.ToUnixTimeMilliseconds(),
                    eni.Eni is null ? null : StoredEniText.Write(eni.Eni), eni.Retiring ? 1L : 0L, eni.Excluded ? 1L : 0L);
                break;
            case LedgerChange.DropEni drop:
                Run(_dropEni, transaction, drop.Token.Value);
                break;
            case LedgerChange.PutNode put:
                Run(_putNode, transaction, StoredEniText.Write(put.Node));
                break;
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { _putLease, _dropLease, _putAddress, _dropAddress, _putEni, _dropEni, _putNode })
            command.Dispose();
    }

    /// <summary>Leases of one ENI share its record, so its text is made once.</summary>
    private string Text(LeaseEni eni)
    {
        if (!_texts.TryGetValue(eni, out var text))
        {
            if (_texts.Count == MaxTexts)
                _texts.Clear();
            _texts.Add(eni, text = StoredEniText.Write(eni));
        }

        return text;
    }

    /// <summary>A rest must not become shorter by being written down.</summary>
    private static long RoundedUp(DateTimeOffset time) => time.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds();

    private static SqliteCommand Make(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        command.Prepare();
        return command;
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params object?[] values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
