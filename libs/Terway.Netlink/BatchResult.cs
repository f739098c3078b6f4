namespace Terway.Netlink;

/// <summary>A change of a batch that the kernel refused.</summary>
/// <param name="Index">The change's position in the batch, from 0.</param>
/// <param name="Error">Why.</param>
public sealed record BatchFailure(int Index, NetlinkException Error);

/// <summary>What became of a batch.</summary>
public sealed class BatchResult
{
    internal BatchResult(int count, IReadOnlyList<BatchFailure> failures)
    {
        Count = count;
        Failures = failures;
    }

    /// <summary>The number of changes that were sent.</summary>
    public int Count { get; }

    /// <summary>Those that were refused, in order.</summary>
    public IReadOnlyList<BatchFailure> Failures { get; }

    /// <summary>Whether all were done.</summary>
    public bool Succeeded => Failures.Count == 0;

    /// <summary>Throws the first refusal, if there is one.</summary>
    /// <exception cref="NetlinkException">The first refusal.</exception>
    public void ThrowIfFailed() => ThrowIfFailed(static _ => false);

    /// <summary>Throws the first refusal that matters.</summary>
    /// <param name="isExpected">Whether a refusal is fine, such as <see cref="NetlinkException.IsNotFound"/> when deleting.</param>
    /// <exception cref="NetlinkException">The first refusal that is not fine.</exception>
    public void ThrowIfFailed(Func<NetlinkException, bool> isExpected)
    {
        ArgumentNullException.ThrowIfNull(isExpected);
        foreach (var failure in Failures)
        {
            if (!isExpected(failure.Error))
                throw failure.Error;
        }
    }
}
