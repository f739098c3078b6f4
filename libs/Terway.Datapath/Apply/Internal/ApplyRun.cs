using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>One application of one plan.</summary>
internal sealed class ApplyRun(
    PlanTarget target, NetworkPlan plan, LinkDisposal disposal, Action<ApplyStep>? beforeStep, CancellationToken cancellationToken)
{
    private const int PairAttempts = 3;

    private readonly UndoLog _undo = new(target);
    private readonly List<Change> _changes = [];
    private readonly LinkIndexes _nodeLinks = new();
    private readonly LinkIndexes _podLinks = new();
    private bool _hasRetiredLinks;

    internal ApplyReport Execute()
    {
        try
        {
            ApplyAll();
            Begin(ApplyStep.Finish);
            _undo.Commit();
            return new ApplyReport(_changes, _hasRetiredLinks);
        }
        catch (Exception cause) when (cause is NetlinkException or DatapathException or OperationCanceledException)
        {
            _undo.Run();
            if (_undo.Failures.Count == 0 && cause is DatapathException or OperationCanceledException)
                throw;
            throw Failed(cause);
        }
        finally
        {
            _undo.Run();
        }
    }

    private void ApplyAll()
    {
        var isFresh = ResolveLinks();
        Begin(ApplyStep.PodSysctls);
        EnsureSysctls(PlanScope.Pod);
        Begin(ApplyStep.PodObjects);
        EnsureObjects(PlanScope.Pod, _podLinks, isFresh);
        Begin(ApplyStep.NodeSysctls);
        EnsureSysctls(PlanScope.Node);
        Begin(ApplyStep.NodeObjects);
        EnsureObjects(PlanScope.Node, _nodeLinks, isFresh);
        if (isFresh)
            PodReadiness.Await(plan.Pod, target[PlanScope.Pod], _podLinks);
    }

    private void Begin(ApplyStep step)
    {
        cancellationToken.ThrowIfCancellationRequested();
        beforeStep?.Invoke(step);
    }

    /// <summary>Finds or makes the plan's links.</summary>
    /// <returns>Whether they were made just now.</returns>
    private bool ResolveLinks()
    {
        var isFresh = false;
        foreach (var link in plan.Node.Links)
        {
            if (link.Kind == PlannedLinkKind.Veth)
                isFresh = EnsurePair(link, plan.Pod.Links.Single(pod => pod.Name == link.PeerName));
            else
                _nodeLinks.Add(link.Name, FindExisting(link));
        }
        return isFresh;
    }

    private IfIndex FindExisting(PlannedLink link)
    {
        var found = link.Index is { } index ? target.Node.Links.Find(index) : null;
        if (found is null || found.Name != link.Name)
            throw new DatapathException(DatapathError.EniNotFound, $"{link.Name} is not there: it was detached, deleted or renamed after the plan was made.");
        return found.Index;
    }

    private bool EnsurePair(PlannedLink host, PlannedLink pod)
    {
        var podNamespace = target.PodNamespace ?? throw new InvalidOperationException("The plan makes a pod's links, and no pod's namespace was opened.");
        for (var attempt = 1; ; attempt++)
        {
            Begin(ApplyStep.CreatePair);
            try
            {
                PodAddresses.ThrowIfTaken(target.Node, plan.Pod);
                target.Node.Links.Add(host.ToPairMessage(pod, podNamespace));
                _undo.Add(host, where => where.Node.Links.TryDelete(host.Name));
                Begin(ApplyStep.FindPair);
                var made = target.Node.Links.Get(host.Name);
                AddPair(host, made.Index, pod, made.Parent!.Value);
                return true;
            }
            catch (NetlinkException refusal) when (refusal.IsAlreadyExists && attempt < PairAttempts)
            {
                if (FindPair(host, pod))
                    return false;
            }
        }
    }

    /// <summary>Finds the pair that is there already; a link that only has its name is a leftover and makes room.</summary>
    private bool FindPair(PlannedLink host, PlannedLink pod)
    {
        var hostLink = target.Node.Links.Find(host.Name);
        var podLink = target[PlanScope.Pod].Links.Find(pod.Name);
        if (VethPairs.IsPair(hostLink, podLink))
        {
            AddPair(host, hostLink!.Index, pod, podLink!.Index);
            return true;
        }
        if (hostLink is not null)
            RemoveLeftover(hostLink);
        else if (podLink is not null)
            throw new DatapathException(DatapathError.InterfaceNameTaken, $"{pod.Name} cannot be made: the pod's namespace has another link of that name ({podLink}).");
        return false;
    }

    private void RemoveLeftover(LinkMessage hostLink)
    {
        if (!VethPairs.IsVeth(hostLink))
            throw new DatapathException(DatapathError.HostLinkForeign, $"{hostLink.Name} cannot be made: the node has another link of that name ({hostLink}).");
        VethPairs.Dispose(target.Node, hostLink.Index, disposal);
        _hasRetiredLinks |= disposal == LinkDisposal.Deferred;
    }

    private void AddPair(PlannedLink host, IfIndex hostIndex, PlannedLink pod, IfIndex podIndex)
    {
        _nodeLinks.Add(host.Name, hostIndex);
        _podLinks.Add(pod.Name, podIndex);
    }

    private void EnsureSysctls(PlanScope scope)
    {
        var written = new List<(PlannedSysctl Sysctl, string? Actual)>();
        try
        {
            PlanSysctls.Ensure(target, scope, plan[scope].Sysctls, written);
        }
        finally
        {
            foreach (var (sysctl, actual) in written)
            {
                _changes.Add(new SysctlChange(scope, sysctl, actual));
                if (actual is not null)
                    _undo.Add(sysctl, where => PlanSysctls.Restore(where, scope, sysctl, actual));
            }
        }
    }

    private void EnsureObjects(PlanScope scope, LinkIndexes links, bool isFresh)
    {
        var part = plan[scope];
        if (part.IsEmpty)
            return;
        var connection = target[scope];
        var changes = isFresh ? FreshChanges.For(scope, part, links) : NamespaceDiff.Of(scope, part, connection, links);
        Submit(scope, connection, changes);
        // More than one leftover rule of an address: the blind removal took the first.
        if (_changes.Exists(change => change is StaleRuleRemoval && change.Scope == scope))
            Submit(scope, connection, NamespaceDiff.Rules(scope, part, connection));
    }

    /// <summary>Sends the changes together; each that was done can be taken back, also when another was refused.</summary>
    private void Submit(PlanScope scope, RtNetlink connection, List<Change> changes)
    {
        if (changes.Count == 0)
            return;
        var batch = connection.CreateBatch();
        foreach (var change in changes)
            change.Submit(batch);
        var refusals = batch.Execute().Failures;
        NetlinkException? first = null;
        var next = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (next < refusals.Count && refusals[next].Index == i)
            {
                var refusal = refusals[next++].Error;
                if (!change.IsAlreadyDone(refusal))
                    first ??= refusal;
                continue;
            }
            _changes.Add(change);
            _undo.Add(change, where => change.Undo(where[scope]));
        }
        if (first is not null)
            throw first;
    }

    private DatapathException Failed(Exception cause)
    {
        var error = cause is DatapathException { Error: var known } ? known : DatapathError.KernelRefused;
        var leftovers = _undo.Failures.Count == 0 ? "" : $" Taking back what was done failed too: {string.Join("; ", _undo.Failures)}.";
        return new DatapathException(error, $"{plan.Title} cannot be made: {cause.Message.TrimEnd('.')}.{leftovers}", cause);
    }
}
