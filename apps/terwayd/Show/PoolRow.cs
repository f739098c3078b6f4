namespace Terwayd.Show;

/// <summary>The pool as a whole, as <c>show pool</c> tells it.</summary>
internal sealed record PoolRow
{
    public required string Node { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether an ADD would succeed now.</summary>
    public required bool Ready { get; init; }

    public required bool Recovered { get; init; }

    public int? MaxEnis { get; init; }

    public int? AddressesPerEni { get; init; }

    public required int Enis { get; init; }

    public required int Leases { get; init; }

    /// <summary>How many addresses are in each state.</summary>
    public required IReadOnlyDictionary<string, int> Addresses { get; init; }

    public required IReadOnlyList<WaiterRow> Waiting { get; init; }

    public required IReadOnlyList<VSwitchRow> VSwitches { get; init; }

    public required IReadOnlyList<FaultRow> Faults { get; init; }

    /// <summary>What the pool is doing or would do, with its reasons.</summary>
    public required IReadOnlyList<string> Plan { get; init; }
}

/// <summary>One request that waits for addresses: which families, which come together, and those of them that no ENI has ready.</summary>
internal sealed record WaiterRow(string Pod, string ContainerId, string IfName, DateTimeOffset Since, DateTimeOffset Deadline, string Families, string Lacks);

/// <summary>One vSwitch of the pool.</summary>
internal sealed record VSwitchRow(string Id, long? Available, DateTimeOffset? SetAsideUntil);

/// <summary>A failure that has not been followed by a success.</summary>
internal sealed record FaultRow(string Code, string Operation, string Subject, string Reason, string Hint, string Owner, DateTimeOffset At);
