using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Ipam;
using Terwayd.CommandLine;

namespace Terwayd.Configuration;

/// <summary>
/// Looks at <c>eni_conf</c> now and then, because a ConfigMap changes under a running daemon: the node's vSwitches are taken up at
/// once, and about everything else it is said that it counts from the next start on.
/// </summary>
internal sealed class ConfigurationWatch(
    DaemonArguments arguments, EniConfiguration started, InstanceIdentity instance, EniPool pool, TimeProvider time, ILogger<ConfigurationWatch> logger)
    : BackgroundService
{
    /// <summary>The kubelet itself brings a changed ConfigMap into the pod within about a minute.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private IReadOnlyList<VSwitchId> _vSwitches = started.VSwitchesOf(instance.ZoneId);

    /// <summary>As seen last; null before the first look, which finds what changed while the daemon started.</summary>
    private byte[]? _content;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    private void Look()
    {
        if (Read() is not { } content || _content is not null && content.AsSpan().SequenceEqual(_content))
            return;
        var before = _content;
        _content = content;
        try
        {
            var (changed, _) = EniConfigurationReader.Read(content, arguments.ConfigPath);
            var vSwitches = changed.VSwitchesOf(instance.ZoneId);
            if (!vSwitches.SequenceEqual(_vSwitches))
            {
                pool.UseVSwitches(vSwitches);
                _vSwitches = vSwitches;
            }

            if (before is not null)
                logger.ConfigurationChanged(arguments.ConfigPath);
        }
        catch (TerwaydException e)
        {
            logger.ConfigurationWarning($"{e.Message}; the running daemon goes on with what it had");
        }
    }

    /// <summary>The content; null while the file cannot be read, as during its replacement.</summary>
    private byte[]? Read()
    {
        try
        {
            return File.ReadAllBytes(arguments.ConfigPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
