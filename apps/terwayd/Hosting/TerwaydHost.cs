using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Terway.Ipam;
using Terwayd.Cloud;
using Terwayd.CommandLine;
using Terwayd.Configuration;
using Terwayd.Logging;
using Terwayd.Node;
using Terwayd.Publication;
using Terwayd.SingleInstance;

namespace Terwayd.Hosting;

/// <summary>
/// Runs the daemon from lock to unlock. The lock comes before anything is read or touched; then the configuration and what the node
/// is, which decide how the parts are made; then the parts start in their order and stop in reverse.
/// </summary>
internal sealed class TerwaydHost(
    DaemonArguments arguments, TerwaydEnvironment environment, TextWriter log, TimeProvider time, DaemonSeams seams)
{
    /// <summary>Above the contract server's bound for requests in flight, and the pool's for its calls.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Returns the process's exit code: 0 after an orderly stop, 1 after a failure, which has been logged.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(ConfigureLogging);
        var logger = logging.CreateLogger("Terwayd");
        try
        {
            await RunLockedAsync(logging, logger, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before everything had started.
        }
        catch (Exception e) when (StartFailure.Of(e) is { } failure)
        {
            logger.Failed(failure.Code, failure.Reason, failure.Hint, e.InnerException);
            return 1;
        }
        catch (Exception e)
        {
            // The process's edge: a defect ends the daemon with its trace in the log, and a supervisor starts it again.
            logger.Broke(e.ToString());
            return 1;
        }

        logger.Stopped();
        return 0;
    }

    private async Task RunLockedAsync(ILoggerFactory logging, ILogger logger, CancellationToken cancellationToken)
    {
        RunDirectory.EnsureFor(arguments.LockPath);
        using var singleton = await SingletonLock.AcquireAsync(arguments.LockPath, time, cancellationToken);
        var node = new NodeIdentity(environment.NodeName ?? Environment.MachineName);
        logger.Starting(ProgramVersion.Text, node.Name);
        if (arguments.DaemonMode != DaemonArguments.EniMultiIp)
            throw UnsupportedMode();

        var configuration = ReadConfiguration(logger);
        using var cloud = await CloudConnection.OpenAsync(environment, configuration, time, logging, seams, cancellationToken);
        using var ownNetwork = seams.Network is null ? NodeNetwork.Open(time, logging.CreateLogger<NodeNetwork>()) : null;
        var network = seams.Network ?? ownNetwork!;
        if (configuration.Families.HasFlag(AddressFamilies.IPv6) && network.HostAddresses.IPv6 is null)
            throw NodeWithoutIpv6();
        var conflist = Conflist.Render(ConflistSource.Find(arguments.CniConfSourceDirectory), network.PrimaryMtu);
        logger.NodeFound(
            node.Name, cloud.Instance.InstanceId.Value, cloud.Instance.InstanceType.Value, cloud.Instance.ZoneId.Value,
            string.Join(',', new[] { network.HostAddresses.IPv4, network.HostAddresses.IPv6 }.OfType<System.Net.IPAddress>()));

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(logging);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.AddSingleton(arguments).AddSingleton(configuration).AddSingleton(node).AddSingleton(time);
        builder.Services.AddSingleton(cloud.Api).AddSingleton(cloud.Metadata).AddSingleton(network).AddSingleton(conflist);
        builder.Services.AddTerwayd(arguments, configuration, cloud.Instance, node, seams.OpenPolicy);
        using var host = builder.Build();
        var loops = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await host.RunAsync(cancellationToken);
        await ThrowIfAnyFaultedAsync(loops);
    }

    /// <summary>The host stops when a loop fails, in an orderly way and without saying so to its caller.</summary>
    private static async Task ThrowIfAnyFaultedAsync(IEnumerable<BackgroundService> loops)
    {
        if (loops.Select(l => l.ExecuteTask).FirstOrDefault(t => t is { IsFaulted: true }) is { } faulted)
            await faulted;
    }

    private EniConfiguration ReadConfiguration(ILogger logger)
    {
        var (configuration, warnings) = EniConfigurationReader.ReadFile(arguments.ConfigPath);
        foreach (var warning in warnings)
            logger.ConfigurationWarning(warning);
        return configuration;
    }

    private void ConfigureLogging(ILoggingBuilder logging) => logging
        .AddProvider(new LogfmtLoggerProvider(log, time))
        .SetMinimumLevel(arguments.LogLevel)
        .AddFilter("Microsoft", LogLevel.Warning)
        // A start that fails is told once, by this class, with its code.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
        .AddFilter("System.Net.Http", LogLevel.Warning);

    private static TerwaydException NodeWithoutIpv6() => new(
        DaemonErrors.ConfigurationInvalid,
        "ip_stack is dual, but the link of the node's default route has no global IPv6 address",
        "assign an IPv6 address to the instance's primary ENI and configure it on the node, or set ip_stack to ipv4");

    private TerwaydException UnsupportedMode() => new(
        DaemonErrors.DaemonModeUnsupported,
        $"daemon mode \"{arguments.DaemonMode}\" is not supported",
        $"run with --daemon-mode {DaemonArguments.EniMultiIp}, the default");
}
