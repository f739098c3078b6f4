using System.Runtime.InteropServices;

namespace Terway.Policy.Internal;

/// <summary>A set in use: its members with their counts, and what changed since it was last published.</summary>
internal sealed class IpSetState(IpSetSpec spec)
{
    internal IpSetSpec Spec { get; } = spec;

    internal int Users { get; set; } = 1;

    internal bool IsPublished { get; set; }

    internal Dictionary<IpSetMember, int> Counts { get; } = [];

    /// <summary>Members that came (true) or went (false); what came and went again is not here.</summary>
    internal Dictionary<IpSetMember, bool> Pending { get; } = [];

    /// <summary>Counts a member up or down; says whether it came or went.</summary>
    internal bool Count(IpSetMember member, int change)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(Counts, member, out var isMember);
        count += change;
        var isMemberNow = count > 0;
        if (!isMemberNow)
            Counts.Remove(member);
        if (isMember == isMemberNow)
            return false;
        if (IsPublished && !Pending.Remove(member))
            Pending[member] = isMemberNow;
        return true;
    }
}
