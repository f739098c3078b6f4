namespace Terway.Cloud.Testing.Internal;

/// <summary>Counts calls of an action in the running minute; refuses what is above its limit. Used under the world's lock.</summary>
internal sealed class ThrottleWindows(Knobs knobs)
{
    private readonly Dictionary<string, (long Minute, int Count)> _windows = [];

    internal Refusal? Count(string action, DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        var window = _windows.GetValueOrDefault(action);
        var count = window.Minute == minute ? window.Count + 1 : 1;
        _windows[action] = (minute, count);
        var limit = knobs.LimitOf(action);
        return count > limit
            ? new Refusal(400, "Throttling.User", $"Request was denied due to user flow control: {action} has {limit} calls a minute.")
            : null;
    }
}
