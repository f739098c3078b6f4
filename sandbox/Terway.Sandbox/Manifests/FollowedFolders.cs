using System.Collections.Immutable;
using Terway.Policy.Manifests;

namespace Terway.Sandbox.Manifests;

/// <summary>Folders of manifests whose changes reach a sandbox that is up.</summary>
internal sealed class FollowedFolders(Func<ManifestContent, CancellationToken, Task> changed, Action<string> said) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _following = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ImmutableSortedSet<string> _folders = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Follows a folder from now on.</summary>
    public void Add(string folder)
    {
        if (_folders.Contains(folder))
            return;
        _folders = _folders.Add(folder);
        _following.Add(FollowAsync(folder));
    }

    /// <summary>Takes what the folders hold at this moment; a file that cannot be read is an error, and nothing is taken.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await changed(ManifestContent.Join(_folders.Select(ManifestReader.ReadFolder)), cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task FollowAsync(string folder)
    {
        using var directory = new ManifestDirectory(folder, TimeProvider.System);
        await foreach (var _ in directory.WatchAsync(_stop.Token))
        {
            try
            {
                await RefreshAsync(_stop.Token);
            }
            catch (SandboxException e)
            {
                said($"{folder} is not taken: {e.Message}");
            }
        }
    }
}
