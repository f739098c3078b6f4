namespace Terway.Simulation;

/// <summary>Decides in which calls, commits and kernel changes the daemon is killed, before or after they take effect.</summary>
internal sealed class Reaper(NodeLife life, StoryRandom random, Weather weather)
{
    /// <summary>Runs a synchronous effect of the daemon's; a dead daemon has none.</summary>
    internal T Effect<T>(Func<T> effect)
    {
        if (life.IsOver)
            throw new KilledException();
        StrikeSometimes(weather.Kill);
        var result = effect();
        StrikeSometimes(weather.Kill);
        return result;
    }

    internal void Effect(Action effect) => Effect(() =>
    {
        effect();
        return true;
    });

    /// <summary>Runs a call of the daemon's: one of a dead program is never sent, an answer to it never heard.</summary>
    internal async Task<T> CallAsync<T>(Func<Task<T>> call, double kill)
    {
        if (life.IsOver || Strikes(kill))
            return await Never<T>().ConfigureAwait(false);
        try
        {
            var answer = await call().ConfigureAwait(false);
            return life.IsOver || Strikes(kill) ? await Never<T>().ConfigureAwait(false) : answer;
        }
        catch (Exception) when (life.IsOver)
        {
            return await Never<T>().ConfigureAwait(false);
        }
    }

    private bool Strikes(double share)
    {
        if (!random.Chance(share))
            return false;
        life.Strike();
        return true;
    }

    private void StrikeSometimes(double share)
    {
        if (Strikes(share))
            throw new KilledException();
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
