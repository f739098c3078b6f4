namespace Terway.Cloud.Alibaba;

/// <summary>Several sources in an order: the first that is set up gives the credential.</summary>
/// <remarks>
/// A source that is set up and fails ends the search with its error: another key would have other rights. The search begins
/// anew with every request, so a source that is set up later is seen.
/// </remarks>
public sealed class CredentialChain : ICredentialSource
{
    private readonly EquatableArray<ICredentialSource> _sources;

    /// <summary>Makes a chain.</summary>
    /// <param name="sources">The sources in their order, at least one.</param>
    public CredentialChain(params IEnumerable<ICredentialSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _sources = [.. sources];
        if (_sources.IsEmpty)
            throw new ArgumentException("A chain needs a source.", nameof(sources));
    }

    /// <inheritdoc/>
    public string Name => string.Join(", ", _sources.Select(s => s.Name));

    /// <inheritdoc/>
    public string WhenAbsent => string.Join(' ', _sources.Select(s => $"{s.Name}: {s.WhenAbsent}"));

    /// <inheritdoc/>
    public async Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default)
    {
        foreach (var source in _sources)
        {
            if (await source.FetchAsync(cancellationToken).ConfigureAwait(false) is { } credential)
                return credential;
        }
        return null;
    }
}
