using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;

namespace Terway.Cloud.Alibaba;

/// <summary>The metadata service of ECS over HTTP, in token mode where the service has it.</summary>
public sealed class InstanceMetadataClient : IInstanceMetadata, IDisposable
{
    private readonly MetadataTransport _transport;
    private volatile InstanceIdentity? _identity;

    /// <summary>Makes a client.</summary>
    /// <param name="options">Where and how to ask.</param>
    /// <param name="httpClient">The transport; stays the caller's. It must not use a proxy.</param>
    public InstanceMetadataClient(InstanceMetadataOptions options, HttpClient httpClient)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(httpClient);
        _transport = new MetadataTransport(options, httpClient);
    }

    /// <inheritdoc/>
    public async Task<InstanceIdentity> GetInstanceAsync(CancellationToken cancellationToken = default)
    {
        return _identity ??= new InstanceIdentity
        {
            InstanceId = new InstanceId(await ScalarAsync("instance-id", cancellationToken).ConfigureAwait(false)),
            InstanceType = new InstanceTypeId(await ScalarAsync("instance/instance-type", cancellationToken).ConfigureAwait(false)),
            RegionId = new RegionId(await ScalarAsync("region-id", cancellationToken).ConfigureAwait(false)),
            ZoneId = new ZoneId(await ScalarAsync("zone-id", cancellationToken).ConfigureAwait(false)),
            VpcId = new VpcId(await ScalarAsync("vpc-id", cancellationToken).ConfigureAwait(false)),
            VpcCidr = Read("vpc-cidr-block", WireText.Network, await BodyAsync("vpc-cidr-block", cancellationToken).ConfigureAwait(false)),
            VSwitchId = new VSwitchId(await ScalarAsync("vswitch-id", cancellationToken).ConfigureAwait(false)),
            PrimaryMacAddress = Read("mac", WireText.Mac, await ScalarAsync("mac", cancellationToken).ConfigureAwait(false)),
        };
    }

    /// <inheritdoc/>
    public async Task<EquatableArray<PhysicalAddress>> GetMacAddressesAsync(CancellationToken cancellationToken = default)
    {
        var body = await _transport.GetAsync(MetadataPaths.Macs, cancellationToken).ConfigureAwait(false) ?? "";
        return [.. MetadataText.Lines(body).Select(line => Read(MetadataPaths.Macs, WireText.Mac, line))];
    }

    /// <inheritdoc/>
    public async Task<MetadataInterface?> GetInterfaceAsync(PhysicalAddress macAddress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(macAddress);
        var leaves = new Dictionary<string, string>();
        foreach (var (leaf, required) in InterfaceLeaves)
        {
            var body = await _transport.GetAsync(MetadataPaths.Interface(macAddress, leaf), cancellationToken).ConfigureAwait(false);
            if (body is not null)
                leaves.Add(leaf, body);
            else if (required)
                return null;
        }
        return ReadInterface(macAddress, leaves);
    }

    /// <summary>The name of the instance's RAM role, or null when it has none.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<string?> GetRoleNameAsync(CancellationToken cancellationToken = default)
    {
        var body = await _transport.GetAsync(MetadataPaths.RoleCredentials, cancellationToken).ConfigureAwait(false);
        return body is null || MetadataText.Scalar(body) is not { Length: > 0 } role ? null : role;
    }

    /// <summary>The temporary access key of a role.</summary>
    /// <param name="roleName">The role.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<CloudCredential> GetRoleCredentialAsync(string roleName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(roleName);
        var path = MetadataPaths.RoleCredentials + Uri.EscapeDataString(roleName);
        var body = await _transport.GetAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudApiException(path, CloudErrorKind.Permission, "Client.NoInstanceRole", "The instance does not have this RAM role.");
        return Read(path, ReadCredential, body);
    }

    /// <summary>Frees what the client holds.</summary>
    public void Dispose() => _transport.Dispose();

    private static (string Leaf, bool Required)[] InterfaceLeaves { get; } =
    [
        ("network-interface-id", true),
        ("primary-ip-address", true),
        ("private-ipv4s", true),
        ("vswitch-id", true),
        ("vswitch-cidr-block", true),
        ("gateway", true),
        ("ipv6s", false),
        ("ipv4-prefixes", false),
        ("ipv6-prefixes", false),
        ("vswitch-ipv6-cidr-block", false),
        ("ipv6-gateway", false),
    ];

    private static MetadataInterface ReadInterface(PhysicalAddress mac, Dictionary<string, string> leaves)
    {
        T Scalar<T>(string leaf, Func<string?, string, T> parse) => Read(leaf, parse, MetadataText.Scalar(leaves[leaf]));
        EquatableArray<T> List<T>(string leaf, Func<string?, string, T> parse) =>
            [.. MetadataText.List(leaves.GetValueOrDefault(leaf)).Select(item => Read(leaf, parse, item))];

        var primary = Scalar("primary-ip-address", WireText.Address);
        return new MetadataInterface
        {
            MacAddress = mac,
            Id = new EniId(Scalar("network-interface-id", WireText.Required)),
            PrimaryIpAddress = primary,
            SecondaryIpAddresses = [.. List("private-ipv4s", WireText.Address).Where(a => !a.Equals(primary))],
            Ipv6Addresses = List("ipv6s", WireText.Address),
            Ipv4Prefixes = List("ipv4-prefixes", WireText.Network),
            Ipv6Prefixes = List("ipv6-prefixes", WireText.Network),
            VSwitchId = new VSwitchId(Scalar("vswitch-id", WireText.Required)),
            VSwitchCidr = Read("vswitch-cidr-block", WireText.Network, leaves["vswitch-cidr-block"].Trim()),
            VSwitchIpv6Cidr = leaves.TryGetValue("vswitch-ipv6-cidr-block", out var cidr) ? Read("vswitch-ipv6-cidr-block", WireText.Network, cidr.Trim()) : null,
            Gateway = Scalar("gateway", WireText.Address),
            Ipv6Gateway = leaves.TryGetValue("ipv6-gateway", out var gateway) ? Read("ipv6-gateway", WireText.Address, gateway.Trim()) : null,
        };
    }

    private static CloudCredential ReadCredential(string? body, string path)
    {
        var wire = JsonSerializer.Deserialize(body!, WireJson.Default.WireRoleCredential) ?? throw new FormatException("The credential is null.");
        if (wire.Code is not (null or "Success"))
            throw new FormatException($"The credential's code is '{wire.Code}'.");
        return CredentialConversion.Temporary(wire);
    }

    /// <summary>Reads a text; what does not read is an error of the service that asking again may cure.</summary>
    private static T Read<T>(string path, Func<string?, string, T> parse, string? text)
    {
        try
        {
            return parse(text, path);
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            throw new CloudApiException(path, CloudErrorKind.Retryable, AlibabaErrors.InvalidResponseCode, failure is JsonException ? "The answer is no JSON." : failure.Message);
        }
    }

    private async Task<string> ScalarAsync(string leaf, CancellationToken cancellationToken) =>
        Read(leaf, WireText.Required, MetadataText.Scalar(await BodyAsync(leaf, cancellationToken).ConfigureAwait(false)));

    private async Task<string> BodyAsync(string leaf, CancellationToken cancellationToken) =>
        (await _transport.GetAsync(MetadataPaths.Instance(leaf), cancellationToken).ConfigureAwait(false))?.Trim()
        ?? throw new CloudApiException(leaf, CloudErrorKind.NotFound, "Http404", "The metadata service does not have this.") { HttpStatus = 404 };
}
