namespace Terway.Cni.Daemon.Internal;

/// <summary>The connections that are being served.</summary>
internal sealed class ConnectionSet
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _tasks = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _tasks.Count;
        }
    }

    public void Add(Task connection)
    {
        lock (_lock)
            _tasks.Add(connection);
        _ = connection.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task WhenAllAsync()
    {
        lock (_lock)
            return Task.WhenAll(_tasks);
    }

    private void Remove(Task connection)
    {
        lock (_lock)
            _tasks.Remove(connection);
    }
}
