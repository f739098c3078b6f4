using System.Runtime.CompilerServices;

namespace Terway.Ipam;

/// <summary>The ranges of <see cref="EniPoolOptions"/>, one line each; all violations are gathered.</summary>
internal static class EniPoolOptionsRules
{
    public static List<string> Check(EniPoolOptions o)
    {
        var errors = new List<string>();
        Require(o.Families is AddressFamilies.IPv4 or AddressFamilies.DualStack, $"{nameof(o.Families)} is {o.Families}; it must be IPv4 or DualStack");
        Require(o.SecurityGroups.Count <= EniPoolOptions.MaxSecurityGroups,
            $"{nameof(o.SecurityGroups)} has {o.SecurityGroups.Count} entries; an ENI takes at most {EniPoolOptions.MaxSecurityGroups}");
        Require(o.VSwitches.Distinct().Count() == o.VSwitches.Count, $"{nameof(o.VSwitches)} names a vSwitch twice");
        CheckTags(o, Require);
        Require(o.MinPoolSize >= 0, $"{nameof(o.MinPoolSize)} is {o.MinPoolSize}; it must not be negative");
        Require(o.MaxPoolSize >= o.MinPoolSize, $"{nameof(o.MaxPoolSize)} is {o.MaxPoolSize}, below {nameof(o.MinPoolSize)} ({o.MinPoolSize})");
        Require(o.MinEni >= 0, $"{nameof(o.MinEni)} is {o.MinEni}; it must not be negative");
        Require(o.MaxEni is null || o.MinEni <= o.MaxEni, $"{nameof(o.MinEni)} is {o.MinEni}, above {nameof(o.MaxEni)} ({o.MaxEni})");
        Require(o.WarmUpSize >= 0, $"{nameof(o.WarmUpSize)} is {o.WarmUpSize}; it must not be negative");
        Require(o.IdleReclaimBatch is >= 1 and <= 1000, $"{nameof(o.IdleReclaimBatch)} is {o.IdleReclaimBatch}; it must be 1 to 1000");
        Require(o.IdleReclaimJitter is >= 0 and <= 1, $"{nameof(o.IdleReclaimJitter)} is {o.IdleReclaimJitter}; it must be 0 to 1");
        Require(o.MaxEni is null or > 0, $"{nameof(o.MaxEni)} is {o.MaxEni}; it must be positive, or null");
        Require(o.EniCapRatio is > 0 and <= 1, $"{nameof(o.EniCapRatio)} is {o.EniCapRatio}; it must be above 0 and at most 1");
        Require(o.BatchSize is >= 1 and <= EniPoolOptions.MaxBatchSize, $"{nameof(o.BatchSize)} is {o.BatchSize}; it must be 1 to {EniPoolOptions.MaxBatchSize}");
        Require(o.MaxWaiting is >= 1 and <= 100_000, $"{nameof(o.MaxWaiting)} is {o.MaxWaiting}; it must be 1 to 100000");
        Require(o.MaxParallelCalls is >= 1 and <= 32, $"{nameof(o.MaxParallelCalls)} is {o.MaxParallelCalls}; it must be 1 to 32");
        Require(o.MaxParallelCreates >= 1 && o.MaxParallelCreates <= o.MaxParallelCalls,
            $"{nameof(o.MaxParallelCreates)} is {o.MaxParallelCreates}; it must be 1 to {nameof(o.MaxParallelCalls)} ({o.MaxParallelCalls})");
        if (o.IdleReclaimAfter is { } after)
            Within(after, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), $"o.{nameof(o.IdleReclaimAfter)}");
        Within(o.IdleReclaimInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        Within(o.BatchDelay, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Within(o.Rest, TimeSpan.Zero, TimeSpan.FromHours(1));
        Within(o.LeaseTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Within(o.CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Within(o.SettleTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Within(o.TransitionTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        Within(o.PrepareTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Within(o.VSwitchSetAside, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Within(o.VSwitchRefresh, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Within(o.QuotaPause, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Within(o.RefusalPause, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Within(o.MetadataInterval, TimeSpan.FromSeconds(5), TimeSpan.FromDays(1));
        Within(o.SweepInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        Within(o.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        return errors;

        void Require(bool holds, string violation)
        {
            if (!holds)
                errors.Add(violation + ".");
        }

        void Within(TimeSpan value, TimeSpan least, TimeSpan most, [CallerArgumentExpression(nameof(value))] string name = "") =>
            Require(value >= least && value <= most, $"{name[2..]} is {value}; it must be {least} to {most}");
    }

    private static void CheckTags(EniPoolOptions o, Action<bool, string> require)
    {
        var tags = o.EniTags.Keys.Union(o.EniTagFilter.Keys).Count();
        require(tags <= OwnTags.MostOfAnEni - OwnTags.Count,
            $"{nameof(o.EniTags)} and {nameof(o.EniTagFilter)} have {tags} keys; an ENI takes {OwnTags.MostOfAnEni} tags, of which {OwnTags.Count} are the pool's own");
        require(!o.EniTags.Keys.Any(OwnTags.IsOwn), $"{nameof(o.EniTags)} uses a key of the pool's own");
        require(!o.EniTagFilter.Any(tag => OwnTags.IsOwn(tag.Key) && tag is not { Key: OwnTags.CreatorKey, Value: OwnTags.CreatorValue }),
            $"{nameof(o.EniTagFilter)} uses a key of the pool's own");
        require(!o.EniTagFilter.Any(tag => o.EniTags.TryGetValue(tag.Key, out var value) && value != tag.Value),
            $"{nameof(o.EniTagFilter)} wants another value of a tag than {nameof(o.EniTags)} gives");
        require(!o.EniTagBlockList.Any(tag => tag.Key.Length == 0), $"{nameof(o.EniTagBlockList)} has an empty key");
    }
}
