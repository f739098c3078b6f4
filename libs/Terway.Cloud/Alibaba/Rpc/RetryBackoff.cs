namespace Terway.Cloud.Alibaba;

/// <summary>How long to wait before a call is repeated: doubling, spread by a quarter, at least what the cloud asks for, bounded.</summary>
internal sealed class RetryBackoff(AlibabaCloudOptions options)
{
    private const double Spread = 0.25;

    /// <param name="attempt">0 before the first repetition.</param>
    /// <param name="askedFor">What the cloud asks for, if it does.</param>
    internal TimeSpan DelayOf(int attempt, TimeSpan? askedFor)
    {
        var grown = options.RetryDelay * Math.Pow(2, attempt);
        var spread = grown * (1 + (Spread * ((2 * options.Jitter()) - 1)));
        var wanted = askedFor > spread ? askedFor.Value : spread;
        return wanted < options.MaxRetryDelay ? wanted : options.MaxRetryDelay;
    }
}
