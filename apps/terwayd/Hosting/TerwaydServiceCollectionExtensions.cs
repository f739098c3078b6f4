using Microsoft.Extensions.DependencyInjection;
using Terway.Cloud;
using Terway.Cni.Daemon;
using Terway.Ipam;
using Terway.Ipam.Store;
using Terway.Policy.Dataplane;
using Terwayd.CommandLine;
using Terwayd.Configuration;
using Terwayd.Contract;
using Terwayd.Enforcement;
using Terwayd.Node;
using Terwayd.Publication;
using Terwayd.Reconciliation;
using Terwayd.Show;
using Terwayd.SingleInstance;

namespace Terwayd.Hosting;

/// <summary>
/// The daemon's parts. Hosted services start in the order in which they are added here, each when the one before is ready, and stop
/// in reverse: node, pool, policy, spool, links, contract, conflist.
/// </summary>
internal static class TerwaydServiceCollectionExtensions
{
    internal static IServiceCollection AddTerwayd(
        this IServiceCollection services, DaemonArguments arguments, EniConfiguration configuration, InstanceIdentity instance,
        NodeIdentity node, Func<IPolicyBackend> openPolicy) =>
        services
            .AddHostedService<NodeSetupService>()
            .AddPool(arguments, configuration, instance)
            .AddPolicy(arguments, configuration, node, openPolicy)
            .AddReconciliation(arguments)
            .AddHostedService<LinkReaperService>()
            .AddContract(configuration)
            .AddHostedService<ConflistService>();

    private static IServiceCollection AddPool(
        this IServiceCollection services, DaemonArguments arguments, EniConfiguration configuration, InstanceIdentity instance)
    {
        services.AddSingleton<ILeaseStore>(_ =>
        {
            RunDirectory.EnsureFor(arguments.StorePath);
            return SqliteLeaseStore.Open(arguments.StorePath);
        });
        services.AddSingleton<INodeLinks>(p => p.GetRequiredService<INodeNetwork>());
        services.AddTerwayIpam(options => configuration.Apply(options, instance.ZoneId));
        return services.AddSingleton(instance).AddHostedService<PoolService>().AddHostedService<ConfigurationWatch>();
    }

    private static IServiceCollection AddReconciliation(this IServiceCollection services, DaemonArguments arguments) => services
        .AddSingleton<IPendingReleases>(new PendingReleases(arguments.SpoolDirectory))
        .AddSingleton<PodGate>()
        .AddSingleton<LeaseReturn>()
        .AddSingleton<SpoolSettler>()
        .AddSingleton<RuleSweep>()
        .AddSingleton<PodRepair>()
        .AddSingleton<NodeReconciler>()
        .AddHostedService<ReconciliationService>();

    private static IServiceCollection AddContract(this IServiceCollection services, EniConfiguration configuration) => services
        .AddSingleton(p => new AllocationFactory(configuration.Services, p.GetRequiredService<INodeNetwork>().HostAddresses))
        .AddSingleton<ShowDocuments>()
        .AddSingleton<IDaemonService, ContractService>()
        .AddHostedService<ContractServerService>();
}
