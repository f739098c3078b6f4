using System.Collections.Immutable;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The items of one call as an async sequence that never leaves the thread which completes the call.</summary>
internal sealed class SnapshotSequence<T>(Func<Task<ImmutableArray<T>>> fetch) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken) => new Enumerator(fetch, cancellationToken);

    private sealed class Enumerator(Func<Task<ImmutableArray<T>>> fetch, CancellationToken cancellationToken) : IAsyncEnumerator<T>
    {
        private ImmutableArray<T> _items;
        private int _index = -1;

        public T Current => _items[_index];

        public ValueTask<bool> MoveNextAsync()
        {
            if (!_items.IsDefault)
                return ValueTask.FromResult(++_index < _items.Length);
            return new ValueTask<bool>(fetch().WaitAsync(cancellationToken).ContinueWith(
                Start, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap());
        }

        public ValueTask DisposeAsync() => default;

        private async Task<bool> Start(Task<ImmutableArray<T>> fetched)
        {
            // Completed already: this only unwraps the result or the exception.
            _items = await fetched.ConfigureAwait(false);
            return ++_index < _items.Length;
        }
    }
}
