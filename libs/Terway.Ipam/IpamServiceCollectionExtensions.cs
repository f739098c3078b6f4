using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Terway.Cloud;
using Terway.Ipam;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the pool.</summary>
public static class IpamServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="EniPool"/> as a singleton. It needs <see cref="IEniApi"/>, <see cref="IInstanceMetadata"/> and
    /// <see cref="ILeaseStore"/>; <see cref="INodeLinks"/>, <see cref="TimeProvider"/> and logging are used when they are there.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static IServiceCollection AddTerwayIpam(this IServiceCollection services, Action<EniPoolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<EniPoolOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EniPoolOptions>, EniPoolOptionsValidator>());
        services.TryAddSingleton(static provider => new EniPool(
            provider.GetRequiredService<IOptions<EniPoolOptions>>().Value,
            provider.GetRequiredService<IEniApi>(),
            provider.GetRequiredService<IInstanceMetadata>(),
            provider.GetRequiredService<ILeaseStore>(),
            provider.GetService<INodeLinks>(),
            provider.GetService<TimeProvider>(),
            random: null,
            provider.GetService<ILogger<EniPool>>()));
        return services;
    }

    private sealed class EniPoolOptionsValidator : IValidateOptions<EniPoolOptions>
    {
        public ValidateOptionsResult Validate(string? name, EniPoolOptions options) =>
            options.Validate() is { Count: > 0 } errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
