using System.Collections.Immutable;
using System.Net;
using Terway.Cloud.Testing.Internal;

namespace Terway.Cloud.Testing;

/// <summary>One account of Alibaba Cloud in one region, in memory: VPCs, vSwitches, instances, ENIs, with their states, limits and times.</summary>
/// <remarks>
/// Safe for concurrent use. The same seed, clock and order of calls give the same ids, addresses and times. All waiting goes
/// through <see cref="CloudEmulatorOptions.TimeProvider"/>; with no latencies every call completes before it returns.
/// </remarks>
public sealed partial class CloudEmulator : IDisposable
{
    private const int BasicGroupCapacity = 2_000;
    private const int EnterpriseGroupCapacity = 65_536;

    /// <summary>Makes an empty cloud.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    public CloudEmulator(CloudEmulatorOptions? options = null)
    {
        Options = options ?? new CloudEmulatorOptions();
        World = new World(Options);
        Pipeline = new CallPipeline(World);
        Setup = new InstanceSetup(Pipeline);
    }

    /// <summary>How it behaves.</summary>
    public CloudEmulatorOptions Options { get; }

    /// <summary>Asked for every call what shall go wrong with it; null (also as its answer) for nothing.</summary>
    public Func<EmulatedCall, EmulatedFault?>? FaultPolicy
    {
        get => Pipeline.FaultPolicy;
        set => Pipeline.FaultPolicy = value;
    }

    /// <summary>All ENIs that exist now, in the order of their creation. Not a call: costs nothing, fails never.</summary>
    public ImmutableArray<NetworkInterface> Interfaces
    {
        get
        {
            lock (World.Gate)
                return [.. World.OrderedEnis().Select(e => e.Value)];
        }
    }

    internal World World { get; }

    internal CallPipeline Pipeline { get; }

    internal KeyRing Keys => World.Keys;

    internal InstanceSetup Setup { get; }

    /// <summary>Makes a VPC.</summary>
    /// <param name="cidr">Its addresses.</param>
    /// <param name="id">Its id; null lets the emulator choose.</param>
    public VpcId AddVpc(IPNetwork cidr, VpcId? id = null)
    {
        lock (World.Gate)
        {
            var vpc = new VpcEntry(id ?? new VpcId(World.Ids.Next("vpc")), cidr);
            World.Vpcs.Add(vpc.Id, vpc);
            return vpc.Id;
        }
    }

    /// <summary>Makes a vSwitch.</summary>
    /// <param name="spec">What it is.</param>
    /// <exception cref="ArgumentException">Its addresses do not fit the VPC or overlap another vSwitch.</exception>
    public VSwitchId AddVSwitch(VSwitchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        lock (World.Gate)
        {
            VSwitchSetup.Check(World, spec);
            var id = spec.Id ?? new VSwitchId(World.Ids.Next("vsw"));
            var ipv6 = spec.Ipv6Cidr is { } cidr ? new Ipv6Space(cidr, spec.Ipv6PrefixReservation) : null;
            World.VSwitches.Add(id, new VSwitchEntry(
                id, spec.VpcId, spec.ZoneId, new Ipv4Space(spec.Cidr, spec.PrefixReservation), ipv6, spec.Name, spec.Tags));
            return id;
        }
    }

    /// <summary>Makes a security group.</summary>
    /// <param name="vpcId">Its VPC.</param>
    /// <param name="type">Its kind; basic when null.</param>
    /// <param name="capacity">How many private addresses it takes; null for what its kind takes.</param>
    /// <param name="id">Its id; null lets the emulator choose.</param>
    public SecurityGroupId AddSecurityGroup(VpcId vpcId, SecurityGroupType? type = null, int? capacity = null, SecurityGroupId? id = null)
    {
        lock (World.Gate)
        {
            if (!World.Vpcs.ContainsKey(vpcId))
                throw new ArgumentException($"There is no VPC {vpcId}.", nameof(vpcId));
            var kind = type ?? SecurityGroupType.Basic;
            var group = new SecurityGroup(id ?? new SecurityGroupId(World.Ids.Next("sg")), vpcId, kind, "", false, []);
            var room = capacity ?? (kind == SecurityGroupType.Enterprise ? EnterpriseGroupCapacity : BasicGroupCapacity);
            World.Groups.Add(group.Id, new SecurityGroupEntry(group, room));
            return group.Id;
        }
    }

    /// <summary>Adds an instance type or replaces one.</summary>
    /// <param name="limits">What it allows.</param>
    public void AddInstanceType(InstanceTypeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        lock (World.Gate)
            World.Types[limits.InstanceType] = limits;
    }

    /// <summary>Makes an instance; returns once the fabric has its primary ENI.</summary>
    /// <param name="spec">What it is.</param>
    public Task<InstanceId> AddInstanceAsync(InstanceSpec spec) => Setup.AddAsync(spec);

    /// <summary>Releases an instance: its primary ENI goes, others go or stay by their DeleteOnRelease.</summary>
    /// <param name="id">The instance.</param>
    public Task ReleaseInstanceAsync(InstanceId id) => Setup.ReleaseAsync(id);

    /// <summary>Sets the state of an instance.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="status">Its new state.</param>
    public void SetInstanceStatus(InstanceId id, InstanceStatus status)
    {
        lock (World.Gate)
        {
            if (!World.Instances.TryGetValue(id, out var instance))
                throw new ArgumentException($"There is no instance {id}.", nameof(id));
            instance.Status = status;
        }
    }

    /// <summary>Lets the HTTP side accept an access key.</summary>
    /// <param name="credential">The key.</param>
    /// <param name="allows">Which actions its RAM policy allows; null for all.</param>
    public void AddAccessKey(CloudCredential credential, Func<string, bool>? allows = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        lock (World.Gate)
            Keys.Add(credential, allows ?? (_ => true));
    }

    /// <summary>Takes an access key away: calls signed with it are refused from now on.</summary>
    /// <param name="accessKeyId">The public half.</param>
    /// <returns>Whether there was such a key.</returns>
    public bool RevokeAccessKey(string accessKeyId)
    {
        lock (World.Gate)
            return Keys.Remove(accessKeyId);
    }

    /// <summary>Ends every temporary key before its time; roles give new ones to who asks.</summary>
    /// <returns>How many were valid.</returns>
    public int ExpireTemporaryKeys()
    {
        lock (World.Gate)
            return Keys.ExpireTemporary();
    }

    /// <summary>Makes a RAM role that instances can have; the metadata service hands out its credentials.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="allows">Which actions its policy allows; null for all.</param>
    public void AddRole(string name, Func<string, bool>? allows = null)
    {
        lock (World.Gate)
            Keys.AddRole(name, allows ?? (_ => true));
    }

    /// <summary>Makes an OIDC provider, such as that of a cluster whose service accounts take roles; the emulator itself plays its issuer.</summary>
    /// <param name="arn">Its name, such as <c>acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1</c>.</param>
    /// <param name="issuer">Who issues its tokens.</param>
    /// <param name="clientId">The audience that tokens must have.</param>
    public void AddOidcProvider(string arn, string issuer = "https://oidc.example.com", string clientId = "sts.aliyuncs.com")
    {
        ArgumentException.ThrowIfNullOrEmpty(arn);
        lock (World.Gate)
            World.Oidc.AddProvider(arn, issuer, clientId, World.Random);
    }

    /// <summary>Makes a RAM role that service accounts can take by STS AssumeRoleWithOIDC.</summary>
    /// <param name="arn">Its name, such as <c>acs:ram::1234567890123456:role/terway</c>.</param>
    /// <param name="providerArn">The provider that it trusts.</param>
    /// <param name="trusts">Which subjects it trusts; null for all.</param>
    /// <param name="allows">Which actions its policy allows; null for all.</param>
    /// <exception cref="ArgumentException">There is no such provider.</exception>
    public void AddOidcRole(string arn, string providerArn, Func<string, bool>? trusts = null, Func<string, bool>? allows = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(arn);
        lock (World.Gate)
            World.Oidc.AddRole(arn, providerArn, trusts ?? (_ => true), allows ?? (_ => true));
    }

    /// <summary>A token of a provider's issuer, as a cluster would project it into a pod.</summary>
    /// <param name="providerArn">The provider.</param>
    /// <param name="subject">The service account, such as <c>system:serviceaccount:kube-system:terway</c>.</param>
    /// <param name="lifetime">How long it is valid.</param>
    /// <param name="audience">For whom it is; null for the provider's own.</param>
    /// <exception cref="ArgumentException">There is no such provider.</exception>
    public string IssueOidcToken(string providerArn, string subject, TimeSpan lifetime, string? audience = null)
    {
        lock (World.Gate)
            return World.Oidc.IssueToken(providerArn, subject, audience, World.Now + lifetime);
    }

    /// <summary>The cloud as the seam, without HTTP. It retries nothing: what goes wrong reaches the caller.</summary>
    public IEniApi CreateEniApi() => new InMemoryEniApi(Pipeline);

    /// <summary>The metadata service as an instance sees it, without HTTP.</summary>
    /// <param name="id">The instance.</param>
    public IInstanceMetadata CreateInstanceMetadata(InstanceId id) => new InMemoryMetadata(this, id);

    /// <summary>The ENI that holds an address now, alone or in a prefix; null when nobody does.</summary>
    /// <param name="vpcId">The VPC.</param>
    /// <param name="address">IPv4 or IPv6.</param>
    public EniId? FindOwner(VpcId vpcId, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (World.Gate)
            return World.OwnerOf(vpcId, address);
    }

    /// <summary>The instance that an address belongs to; the first VPC that knows it wins.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    public InstanceId? FindInstance(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (World.Gate)
        {
            foreach (var vpc in World.Vpcs.Keys)
            {
                if (World.OwnerOf(vpc, address) is { } eni)
                    return World.Enis[eni].Value.Attachment?.InstanceId;
            }
            return null;
        }
    }

    /// <summary>Drops everything that is still to come; running calls are never answered.</summary>
    public void Dispose() => Pipeline.Dispose();
}
