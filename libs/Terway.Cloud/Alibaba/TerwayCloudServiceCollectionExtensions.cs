using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Cloud.Alibaba;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Alibaba Cloud to a container.</summary>
public static class TerwayCloudServiceCollectionExtensions
{
    /// <summary>The name of the HTTP client that calls ECS and VPC.</summary>
    public const string ApiClientName = "Terway.Cloud";

    /// <summary>The name of the HTTP client that asks the metadata service.</summary>
    public const string MetadataClientName = "Terway.Cloud.Metadata";

    /// <summary>
    /// Adds <see cref="IEniApi"/>, <see cref="IInstanceMetadata"/> and <see cref="ICredentialProvider"/>: that of the registered
    /// <see cref="ICredentialSource"/>, such as a <see cref="CredentialChain"/>, or else the instance's role.
    /// What is registered before stays: add your own <see cref="ICredentialProvider"/> or <see cref="InstanceMetadataOptions"/> first.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="options">Where and how to call.</param>
    public static IServiceCollection AddTerwayCloud(this IServiceCollection services, AlibabaCloudOptions options) =>
        services.AddTerwayCloud(_ => options);

    /// <summary>As the other overload, with options that are made when they are first needed.</summary>
    /// <param name="services">The container.</param>
    /// <param name="options">Makes the options.</param>
    public static IServiceCollection AddTerwayCloud(this IServiceCollection services, Func<IServiceProvider, AlibabaCloudOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(options);
        return services.AddTerwayMetadata().AddTerwayEniApi();
    }

    private static IServiceCollection AddTerwayMetadata(this IServiceCollection services)
    {
        // The default loggers of the factory would write headers, and with them signatures and tokens.
        services.AddHttpClient(MetadataClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => CloudHttp.CreateHandler(useProxy: false))
            .RemoveAllLoggers();
        services.TryAddSingleton(_ => new InstanceMetadataOptions());
        services.TryAddSingleton(p => new InstanceMetadataClient(
            p.GetRequiredService<InstanceMetadataOptions>(), p.GetRequiredService<IHttpClientFactory>().CreateClient(MetadataClientName)));
        services.TryAddSingleton<IInstanceMetadata>(p => p.GetRequiredService<InstanceMetadataClient>());
        return services;
    }

    private static IServiceCollection AddTerwayEniApi(this IServiceCollection services)
    {
        services.AddHttpClient(ApiClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => CloudHttp.CreateHandler(useProxy: true))
            .RemoveAllLoggers();
        services.TryAddSingleton<ICredentialProvider>(p => new RefreshingCredentialProvider(
            p.GetService<ICredentialSource>() ?? new InstanceRoleCredentialSource(p.GetRequiredService<InstanceMetadataClient>()),
            new CredentialRefreshOptions { TimeProvider = p.GetRequiredService<InstanceMetadataOptions>().TimeProvider },
            p.GetService<ILogger<RefreshingCredentialProvider>>()));
        services.TryAddSingleton<IEniApi>(p => new AlibabaEniApi(
            p.GetRequiredService<AlibabaCloudOptions>(),
            p.GetRequiredService<ICredentialProvider>(),
            p.GetRequiredService<IHttpClientFactory>().CreateClient(ApiClientName),
            p.GetService<ILogger<AlibabaEniApi>>()));
        return services;
    }
}
