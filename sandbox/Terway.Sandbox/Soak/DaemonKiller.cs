using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Soak;

/// <summary>Kills a daemon at random moments and starts it again, as a supervisor does; also when it cannot start.</summary>
internal sealed class DaemonKiller(TerwaydProcess daemon, Random random)
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(200);

    public int Kills { get; private set; }

    /// <summary>Starts that failed, as they may while the disk is full.</summary>
    public int FailedStarts { get; private set; }

    public async Task RunAsync(Func<bool> goesOn)
    {
        while (goesOn())
        {
            await Task.Delay(LongestLife * random.NextDouble());
            await daemon.KillAsync();
            Kills++;
            await StartAsync();
        }
    }

    private async Task StartAsync()
    {
        while (true)
        {
            try
            {
                await daemon.StartAsync(CancellationToken.None);
                return;
            }
            catch (SandboxException) when (FailedStarts < 1000)
            {
                FailedStarts++;
                await daemon.KillAsync();
                await Task.Delay(BetweenStarts);
            }
        }
    }
}
