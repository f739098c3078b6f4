using Terway.Ipam;

namespace Terwayd.Reconciliation;

/// <summary>
/// Decides which leases belong to pods that are gone. The evidence is that neither the host end of the link nor the sandbox's
/// namespace is there, at two looks with <see cref="Patience"/> between them: a pod in the making has neither for a moment.
/// </summary>
internal sealed class VanishedPods
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<AttachmentKey, DateTimeOffset> _missingSince = [];

    /// <summary>Takes note of what is missing now and returns what has been missing for long enough.</summary>
    internal IReadOnlyList<Lease> Judge(IReadOnlyList<Lease> leases, Func<Lease, bool> isPresent, DateTimeOffset now)
    {
        var vanished = new List<Lease>();
        var missing = new HashSet<AttachmentKey>();
        foreach (var lease in leases)
        {
            if (now - lease.GrantedAt < Patience || isPresent(lease))
                continue;
            missing.Add(lease.Attachment);
            if (!_missingSince.TryGetValue(lease.Attachment, out var since))
                _missingSince[lease.Attachment] = now;
            else if (now - since >= Patience)
                vanished.Add(lease);
        }

        foreach (var back in _missingSince.Keys.Where(k => !missing.Contains(k)).ToList())
            _missingSince.Remove(back);
        return vanished;
    }
}
