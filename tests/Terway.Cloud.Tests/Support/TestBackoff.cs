using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Tests;

/// <summary>The default table with waits that a test does not notice.</summary>
internal static class TestBackoff
{
    internal static BackoffTable Quick { get; } = BackoffTable.Default.Names.Aggregate(
        BackoffTable.Default,
        (table, name) => table.With(name, table[name] with { Delay = TimeSpan.FromMilliseconds(1), Factor = 1, Jitter = 0 }));

    /// <summary>Every call is made at most so often.</summary>
    internal static BackoffTable Attempts(int attempts) =>
        Quick.Names.Aggregate(Quick, (table, name) => table.With(name, table[name] with { Attempts = attempts }));
}
