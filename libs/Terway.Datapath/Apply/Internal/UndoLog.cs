using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>What one apply has done so far, taken back in reverse unless it is committed.</summary>
internal sealed class UndoLog(PlanTarget target)
{
    private readonly Stack<(object What, Action<PlanTarget> TakeBack)> _done = new();
    private readonly List<string> _failures = [];

    /// <summary>What could not be taken back.</summary>
    internal IReadOnlyList<string> Failures => _failures;

    internal void Add(object what, Action<PlanTarget> takeBack) => _done.Push((what, takeBack));

    internal void Commit() => _done.Clear();

    internal void Run()
    {
        while (_done.TryPop(out var step))
        {
            try
            {
                step.TakeBack(target);
            }
            catch (NetlinkException failure)
            {
                _failures.Add($"{step.What}: {failure.Message}");
            }
        }
    }
}
