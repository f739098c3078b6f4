using Terway.Netlink;
using Terway.Policy.Dataplane.Internal;
using Terway.Policy.Dataplane.Iptables.Internal;
using Terway.Policy.Iptables;

namespace Terway.Policy.Dataplane.Iptables;

/// <summary>Enforces policy by chains of iptables and ip6tables and sets of ipset, as Felix has them.</summary>
/// <remarks>
/// Each table of each version of IP changes in one step; sets change member by member. Needs the programs <c>iptables-restore</c>,
/// <c>iptables-save</c>, their twins for IPv6 and <c>ipset</c>, and CAP_NET_ADMIN. Changes by others are heard of where iptables is the nft variant;
/// those of sets, and all in the legacy variant, are found when everything is compared. Not safe for use by several threads at once but for
/// <see cref="WaitForForeignChangeAsync"/>.
/// </remarks>
public sealed class IptablesBackend : IPolicyBackend
{
    /// <summary>Each round reads back and mends, or closes what was refused.</summary>
    private const int MaxRounds = 32;

    private static readonly IpVersion[] Versions = [IpVersion.V4, IpVersion.V6];

    private readonly IptablesRenderer _renderer;
    private readonly IptablesPrograms _programs;
    private readonly ClosedParts _closed = new();
    private readonly ForeignChanges _foreign;

    /// <summary>Whether what stands is, as far as is known here, what is wanted.</summary>
    private bool _isKnown;

    private IptablesBackend(NetworkNamespace? target, IptablesOptions? options)
    {
        _renderer = new(options);
        OwnProcesses own = new();
        _programs = new(target, own);
        _foreign = new(target, generation => generation.ProcessId is { } process && own.Contains(process), RuleChanges.Matter);
    }

    /// <summary>Connects to the kernel; nothing is changed yet.</summary>
    /// <param name="target">The node's network namespace, which must outlive the backend; null for that of the calling thread.</param>
    /// <param name="options">How to render; null for the defaults.</param>
    /// <exception cref="PolicyDataplaneException">The kernel refused.</exception>
    public static IptablesBackend Open(NetworkNamespace? target = null, IptablesOptions? options = null)
    {
        try
        {
            return new(target, options);
        }
        catch (NetlinkException e)
        {
            throw Failure("policy could not listen to changes of iptables", e.Message, e);
        }
    }

    /// <inheritdoc/>
    public BackendReport Apply(IReadOnlyList<PolicyEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var (v4, v6) = _renderer.Apply(events);
        if (!_isKnown || !_closed.IsEmpty)
            return Reconcile();
        try
        {
            return Report(Execute(IpVersion.V4, IptablesSteps.Of(v4)) + Execute(IpVersion.V6, IptablesSteps.Of(v6)));
        }
        catch (ProgramFailure)
        {
            // What was refused may have been so because somebody changed the tables: the repair looks at them before it blames our own.
            return Reconcile();
        }
    }

    /// <inheritdoc/>
    public BackendReport Reconcile() => Guard("policy could not be compared with iptables", () =>
    {
        _isKnown = false;
        _closed.Clear();
        var modifications = Versions.Sum(Reconcile);
        _isKnown = true;
        return Report(modifications);
    });

    /// <inheritdoc/>
    public Task WaitForForeignChangeAsync(CancellationToken cancellationToken) => _foreign.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<PolicyCounter> ReadCounters() => Guard("policy's counters could not be read from iptables", () =>
    {
        Dictionary<(ResourceKey, PolicyDirections), (ulong Allowed, ulong Denied)> sums = [];
        foreach (var version in Versions)
        {
            foreach (var rules in SavedTable.Parse(_programs.Save(version, "filter", withCounters: true)).Rules)
            {
                if (_renderer.FindChain(version, rules.Key) is { Resource: { } resource } chain)
                    Count(_closed.Instead(chain, version), [.. rules], sums, (resource, chain.Direction));
            }
        }

        return (IReadOnlyList<PolicyCounter>)[.. sums.Select(s => new PolicyCounter(s.Key.Item1, s.Key.Item2, s.Value.Allowed, s.Value.Denied))];
    });

    /// <inheritdoc/>
    public void Remove() => Guard("policy could not be removed from iptables", () =>
    {
        _isKnown = false;
        foreach (var version in Versions)
        {
            var nothing = new IptablesDiff(new(version, [], [], []), _closed);
            Execute(version, nothing.From(ReadTables(version), SavedSet.Parse(_programs.SaveSets())));
        }

        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _foreign.Dispose();

    private int Reconcile(IpVersion version)
    {
        var wanted = _renderer.RulesetOf(version);
        var modifications = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            var sets = SavedSet.Parse(_programs.SaveSets());
            RefuseOtherTypes(wanted, sets);
            var steps = new IptablesDiff(wanted, _closed).From(ReadTables(version), sets);
            if (steps.IsEmpty)
                return modifications;
            try
            {
                modifications += Execute(version, steps);
            }
            catch (ProgramFailure failure) when (_closed.TryClose(failure, wanted))
            {
                // The next round puts in its place what denies.
            }
        }

        throw Failure("policy was changed in iptables as often as it was mended", $"{MaxRounds} rounds", null);
    }

    private Dictionary<string, SavedTable> ReadTables(IpVersion version) =>
        IptablesDiff.Tables.ToDictionary(t => t, t => SavedTable.Parse(_programs.Save(version, t)), StringComparer.Ordinal);

    private int Execute(IpVersion version, IptablesSteps steps)
    {
        _programs.RestoreSets(steps.Sets);
        _programs.Restore(version, steps.Rules);
        _programs.Restore(version, steps.GoneChains);
        _programs.RestoreSets(steps.GoneSets);
        return steps.Count;
    }

    /// <summary>The type of a set cannot change while rules ask it, and one of another type is not ours.</summary>
    private static void RefuseOtherTypes(IptablesRuleset wanted, Dictionary<string, SavedSet> sets)
    {
        foreach (var set in wanted.Sets)
        {
            if (sets.TryGetValue(set.Name, out var there) && !set.CreateLine().Contains($" {there.Type} ", StringComparison.Ordinal))
                throw Failure($"set {set.Name} is wanted as {set.Type}", $"there is one as {there.Type}, which another program made", null);
        }
    }

    private static void Count(
        IptablesChain chain, SavedRule[] rules, Dictionary<(ResourceKey, PolicyDirections), (ulong Allowed, ulong Denied)> sums, (ResourceKey, PolicyDirections) key)
    {
        foreach (var (rule, saved) in chain.Rules.Items.Zip(rules))
        {
            var (allowed, denied) = sums.GetValueOrDefault(key);
            if (rule.Decides is not null)
                sums[key] = rule.Decides is RuleAction.Allow ? (allowed + saved.Packets, denied) : (allowed, denied + saved.Packets);
        }
    }

    private BackendReport Report(int modifications) => new(modifications, _closed.Refused);

    private T Guard<T>(string attempt, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ProgramFailure e)
        {
            _isKnown = false;
            throw Failure(attempt, e.Message, e);
        }
    }

    private static PolicyDataplaneException Failure(string attempt, string reason, Exception? cause) => new(
        "PolicyIptablesRefused",
        $"{attempt}: {reason}",
        "See that iptables, ip6tables and ipset are installed, that the program has CAP_NET_ADMIN, and that no other program owns chains or sets named cali.",
        cause);
}
