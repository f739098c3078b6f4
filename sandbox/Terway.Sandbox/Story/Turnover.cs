using System.Diagnostics;
using System.Globalization;
using System.Net;
using Terway.Sandbox.Manifests;
using Terway.Sandbox.Show;

namespace Terway.Sandbox.Story;

/// <summary>Half of the pods die and others are born: what becomes of their addresses.</summary>
internal sealed class Turnover(SandboxConsole console, Checklist checks, VpcSandbox sandbox, TimeSpan rest)
{
    private const int MostNewPods = 8;

    private readonly Dictionary<IPAddress, long> _released = [];
    private readonly List<(string Pod, IPAddress Address, TimeSpan? AfterRelease)> _born = [];

    public async Task TellAsync(Func<string, string, PodManifest> podOn, CancellationToken cancellationToken)
    {
        console.Chapter($"Half of the pods die, others are born; a released address rests {rest.TotalSeconds:0} s");
        var dying = sandbox.Pods.Where((_, i) => i % 2 == 0).ToArray();
        console.Say($"terway-cni DEL for {string.Join(", ", dying.Select(p => $"{p.Manifest.Name.Name} ({p.Address})"))}");
        foreach (var pod in dying)
        {
            _released[pod.Address] = Stopwatch.GetTimestamp();
            await sandbox.DeletePodAsync(pod.Manifest.Name, cancellationToken);
        }

        var now = DateTimeOffset.UtcNow;
        var account = (await sandbox.AccountAsync(cancellationToken)).Where(a => _released.ContainsKey(a.Address)).ToArray();
        console.Table(
            ["released address", "by the daemon's account", "rests on for"],
            [.. account.Select(a => new[] { a.Address.ToString(), a.State, a.RestsUntil is { } until ? Seconds(until - now) : "-" })]);
        var held = await sandbox.HeldAsync(cancellationToken);
        checks.Check("their addresses were returned: no daemon counts one of them as held", !_released.Keys.Any(held.Contains));

        var node = dying[0].Node.Name;
        for (var i = 1; i <= MostNewPods && !_born.Exists(b => b.AfterRelease is not null); i++)
            await GiveBirthAsync(podOn($"c{i}", node), cancellationToken);
        Show();
    }

    private async Task GiveBirthAsync(PodManifest manifest, CancellationToken cancellationToken)
    {
        await sandbox.CreatePodsAsync([manifest], cancellationToken);
        var address = sandbox.FindPod(manifest.Name).Address;
        _born.Add((manifest.Name.Name, address, _released.TryGetValue(address, out var at) ? Stopwatch.GetElapsedTime(at) : null));
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";

    private void Show()
    {
        console.Table(
            ["new pod", "address", "which"],
            [.. _born.Select(b => new[] { b.Pod, b.Address.ToString(), b.AfterRelease is { } after ? $"reused {Seconds(after)} after DEL began" : "not one of those released" })]);
        var reused = _born.Where(b => b.AfterRelease is not null).ToArray();
        checks.Check("a released address came back into use", reused.Length > 0);
        checks.Check("and none before its rest was over", reused.All(b => b.AfterRelease >= rest));
    }
}
