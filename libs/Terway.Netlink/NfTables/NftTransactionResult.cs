namespace Terway.Netlink;

/// <summary>What became of a transaction: either everything was done, or nothing.</summary>
public sealed class NftTransactionResult
{
    /// <summary>The most failures that are kept: after a first one, many that follow from it may come.</summary>
    public const int MaxFailures = 256;

    private readonly List<NftFailure> _failures = [];

    internal NftTransactionResult(int count) => Count = count;

    /// <summary>The number of changes that were sent.</summary>
    public int Count { get; }

    /// <summary>Those that were refused, in their order; the first one is a cause, later ones may follow from it.</summary>
    public IReadOnlyList<NftFailure> Failures => _failures;

    /// <summary>Whether all was done.</summary>
    public bool Succeeded => _failures.Count == 0;

    /// <summary>Whether nothing was done because the rulesets were no longer those of the generation that was given.</summary>
    public bool IsStale => _failures is [{ Change: null, Error.Errno: Errno.Restart }];

    /// <summary>Throws the first refusal, if there is one.</summary>
    /// <exception cref="NetlinkException">The first refusal.</exception>
    public void ThrowIfFailed()
    {
        if (!Succeeded)
            throw _failures[0].Error;
    }

    internal void Add(NftFailure failure)
    {
        if (_failures.Count < MaxFailures)
            _failures.Add(failure);
    }
}
