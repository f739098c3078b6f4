using Microsoft.Extensions.DependencyInjection;
using Terway.Cloud;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;
using Terwayd.Configuration;
using Terwayd.Contract;
using Terwayd.Node;
using Terwayd.Publication;
using Terwayd.Reconciliation;
using Terwayd.Show;

namespace Terwayd.Hosting;

/// <summary>
/// The daemon's parts. Hosted services start in the order in which they are added here, each when the one before is ready, and stop
/// in reverse: node, pool, links, spool, contract, conflist.
/// </summary>
internal static class TerwaydServiceCollectionExtensions
{
    internal static IServiceCollection AddTerwayd(
        this IServiceCollection services, DaemonArguments arguments, EniConfiguration configuration, InstanceIdentity instance) =>
        services
            .AddNode()
            .AddPool(arguments, configuration, instance)
            .AddReconciliation(arguments)
            .AddContract(configuration)
            .AddHostedService<ConflistService>();
}
