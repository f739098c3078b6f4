using Terway.Cloud.Alibaba;

namespace Terwayd.CommandLine;

/// <summary>The environment variables that count, read once in Program and handed down.</summary>
internal sealed record TerwaydEnvironment
{
    /// <summary><c>NODE_NAME</c>: this node's name in the cluster; without it the host's name.</summary>
    public string? NodeName { get; init; }

    /// <summary><c>ECS_ENDPOINT</c>: host or URL instead of the region's.</summary>
    public string? EcsEndpoint { get; init; }

    /// <summary><c>VPC_ENDPOINT</c>: host or URL instead of the region's.</summary>
    public string? VpcEndpoint { get; init; }

    /// <summary><c>ALICLOUD_ENDPOINT_TYPE</c>: <c>public</c>, or the VPC's endpoints.</summary>
    public bool PublicEndpoints { get; init; }

    /// <summary><c>ALICLOUD_CLIENT_SCHEME</c>: <c>HTTP</c> for plain HTTP.</summary>
    public bool PlainHttp { get; init; }

    /// <summary><c>METADATA_ENDPOINT</c>: the metadata service instead of <c>http://100.100.100.200</c>.</summary>
    public string? MetadataEndpoint { get; init; }

    /// <summary><c>ALIBABA_CLOUD_IMDSV1_DISABLED</c>: <c>true</c> asks the metadata service with a token or not at all.</summary>
    public bool MetadataTokenRequired { get; init; }

    /// <summary><c>ADDON_SECRET_DIR</c>: folder of <c>access-key-id</c> and <c>access-key-secret</c>.</summary>
    public string SecretDirectory { get; init; } = "/var/alibaba-addon-secret";

    /// <summary><c>ALICLOUD_SIGNATURE_VERSION</c>: <c>1.0</c> for RPC's HMAC-SHA1, for gateways that know nothing else.</summary>
    public SignatureScheme Signature { get; init; }

    /// <summary><c>X-ACSPROXY-ASCM-CONTEXT</c>: sent as the header of that name with every call, for gateways of a private cloud.</summary>
    public string? AscmContext { get; init; }

    /// <summary><c>ALIBABA_CLOUD_STS_ENDPOINT</c>: host or URL instead of the region's.</summary>
    public string? StsEndpoint { get; init; }

    /// <summary>The service account's role; null unless <c>ALIBABA_CLOUD_ROLE_ARN</c>, <c>…_OIDC_PROVIDER_ARN</c> and <c>…_OIDC_TOKEN_FILE</c> are all set.</summary>
    public ServiceAccountRole? ServiceAccountRole { get; init; }

    /// <summary>The key in <c>ALIBABA_CLOUD_ACCESS_KEY_ID</c> and its companions; kept as a source, which prints no secret.</summary>
    public CredentialSource Keys { get; init; } = CredentialSource.Environment(_ => null);

    internal static TerwaydEnvironment Read(Func<string, string?> variable) => new()
    {
        NodeName = Filled(variable("NODE_NAME")),
        EcsEndpoint = Filled(variable("ECS_ENDPOINT")),
        VpcEndpoint = Filled(variable("VPC_ENDPOINT")),
        PublicEndpoints = string.Equals(variable("ALICLOUD_ENDPOINT_TYPE"), "public", StringComparison.Ordinal),
        PlainHttp = string.Equals(variable("ALICLOUD_CLIENT_SCHEME"), "HTTP", StringComparison.OrdinalIgnoreCase),
        MetadataEndpoint = Filled(variable("METADATA_ENDPOINT")),
        MetadataTokenRequired = string.Equals(variable("ALIBABA_CLOUD_IMDSV1_DISABLED"), "true", StringComparison.OrdinalIgnoreCase),
        SecretDirectory = Filled(variable("ADDON_SECRET_DIR")) ?? "/var/alibaba-addon-secret",
        Signature = variable("ALICLOUD_SIGNATURE_VERSION") is "1.0" ? SignatureScheme.RpcHmacSha1 : SignatureScheme.Acs3HmacSha256,
        AscmContext = Filled(variable("X-ACSPROXY-ASCM-CONTEXT")),
        StsEndpoint = Filled(variable("ALIBABA_CLOUD_STS_ENDPOINT")),
        ServiceAccountRole = RoleOf(variable),
        Keys = CredentialSource.Environment(variable),
    };

    private static ServiceAccountRole? RoleOf(Func<string, string?> variable) =>
        Filled(variable("ALIBABA_CLOUD_ROLE_ARN")) is { } role
        && Filled(variable("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")) is { } provider
        && Filled(variable("ALIBABA_CLOUD_OIDC_TOKEN_FILE")) is { } file
            ? new ServiceAccountRole(role, provider, file, Filled(variable("ALIBABA_CLOUD_ROLE_SESSION_NAME")) ?? "terwayd")
            : null;

    private static string? Filled(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
