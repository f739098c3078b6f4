namespace Terway.Cloud.Alibaba;

/// <summary>Spaces the calls of each action so that no minute has more than its limit.</summary>
/// <remarks>
/// A quarter of the minute's calls may come at once and the rest is spread evenly, so any 60 seconds hold at most the limit.
/// Waiters go in the order in which they came.
/// </remarks>
internal sealed class ActionRateLimiter(AlibabaCloudOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _nextFree = [];

    /// <summary>Waits for the turn of a call.</summary>
    /// <exception cref="CloudApiException">The turn is too far away: kind Throttled.</exception>
    internal async ValueTask WaitAsync(string action, CancellationToken cancellationToken)
    {
        var wait = Reserve(action);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan Reserve(string action)
    {
        var limit = options.RateLimits.TryGetValue(action, out var own) ? own : options.DefaultRateLimit;
        var burst = Math.Max(1, limit / 4);
        var interval = TimeSpan.FromMinutes(1) / Math.Max(1, limit - burst);
        var now = options.TimeProvider.GetUtcNow();
        lock (_gate)
        {
            var turn = _nextFree.GetValueOrDefault(action);
            if (turn < now)
                turn = now;
            // What is left of the burst lets a call go before its evenly spaced turn.
            var wait = turn - now - (interval * (burst - 1));
            if (wait > options.MaxRateLimitWait)
            {
                throw new CloudApiException(action, CloudErrorKind.Throttled, "Client.RateLimit", $"The client's own limit of {limit} calls a minute is used up for {wait.TotalSeconds:F0} s.")
                {
                    RetryAfter = wait,
                };
            }
            _nextFree[action] = turn + interval;
            return wait;
        }
    }
}
