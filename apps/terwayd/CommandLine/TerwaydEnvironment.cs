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

    /// <summary><c>ADDON_SECRET_DIR</c>: folder of <c>access-key-id</c> and <c>access-key-secret</c>.</summary>
    public string SecretDirectory { get; init; } = "/var/alibaba-addon-secret";

    internal static TerwaydEnvironment Read(Func<string, string?> variable) => new()
    {
        NodeName = Filled(variable("NODE_NAME")),
        EcsEndpoint = Filled(variable("ECS_ENDPOINT")),
        VpcEndpoint = Filled(variable("VPC_ENDPOINT")),
        PublicEndpoints = string.Equals(variable("ALICLOUD_ENDPOINT_TYPE"), "public", StringComparison.Ordinal),
        PlainHttp = string.Equals(variable("ALICLOUD_CLIENT_SCHEME"), "HTTP", StringComparison.OrdinalIgnoreCase),
        MetadataEndpoint = Filled(variable("METADATA_ENDPOINT")),
        SecretDirectory = Filled(variable("ADDON_SECRET_DIR")) ?? "/var/alibaba-addon-secret",
    };

    private static string? Filled(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
