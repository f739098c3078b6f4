using Terway.Cni.Daemon;

namespace Terway.CniPlugin;

/// <summary>
/// Asks again while the daemon still works on another request of the pod. An ADD that was cancelled takes the daemon a moment to undo,
/// and its rollback, or the runtime's DEL, comes right behind it.
/// </summary>
internal static class BusyPod
{
    private const int Attempts = 50;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    public static T Ask<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return ask();
            }
            catch (DaemonException e) when (e.Code == ErrorCode.PodIsProcessing && attempt < Attempts)
            {
                cancellationToken.WaitHandle.WaitOne(BetweenAttempts);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public static void Ask(Action ask, CancellationToken cancellationToken) => Ask(
        () =>
        {
            ask();
            return true;
        },
        cancellationToken);
}
