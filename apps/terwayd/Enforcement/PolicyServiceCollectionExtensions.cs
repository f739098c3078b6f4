using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Terway.Policy.Dataplane;
using Terwayd.CommandLine;
using Terwayd.Configuration;
using Terwayd.Node;

namespace Terwayd.Enforcement;

/// <summary>Network policy among the daemon's parts.</summary>
internal static class PolicyServiceCollectionExtensions
{
    /// <summary>Adds the engine that enforces; or, where policy is off or has no source, what removes the rules that an earlier daemon left.</summary>
    internal static IServiceCollection AddPolicy(
        this IServiceCollection services, DaemonArguments arguments, EniConfiguration configuration, NodeIdentity node, Func<IPolicyBackend> open)
    {
        if (OffReason(arguments) is { } reason)
        {
            return services
                .AddSingleton<IPodPolicy>(new NoPolicy(node.Name, reason))
                .AddHostedService(p => new PolicyOffService(open, reason, p.GetRequiredService<ILogger<PolicyOffService>>()));
        }

        return services
            .AddSingleton(new PolicySettings(configuration.PolicyPatience, configuration.PolicyFallback))
            .AddSingleton<IResourceSource>(p => new ManifestSource(arguments.Manifests!, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ManifestSource>>()))
            .AddSingleton(p => new PolicyDataplane(open(), options: null, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<PolicyDataplane>>()))
            .AddSingleton<PolicyEngine>()
            .AddSingleton<IPodPolicy>(p => p.GetRequiredService<PolicyEngine>())
            .AddHostedService<PolicyService>();
    }

    private static string? OffReason(DaemonArguments arguments) => (arguments.Manifests, PolicySwitch.IsOff(arguments.ConfigPath)) switch
    {
        (_, true) => $"{PolicySwitch.FileName} says so",
        (null, _) => "there is no source of policies (--manifests)",
        _ => null,
    };
}
