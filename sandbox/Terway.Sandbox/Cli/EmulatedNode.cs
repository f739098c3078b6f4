using System.Net;
using Terway.Cloud;
using Terway.Cloud.Testing;

namespace Terway.Sandbox.Cli;

/// <summary>What the <c>emulator</c> command serves: one VPC with two vSwitches, of both families and with room for prefixes, and one instance.</summary>
internal sealed class EmulatedNode : IDisposable
{
    private const string AccessKeyId = "LTAI-terway-emulator";
    private const string AccessKeySecret = "terway-emulator-secret";
    private const string Role = "terway-emulator-role";
    private const string ServiceAccount = "system:serviceaccount:kube-system:terway";

    private static readonly ZoneId Zone = new("cn-hangzhou-k");
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(1);

    private readonly EquatableArray<VSwitchId> _vSwitches;
    private readonly SecurityGroupId _group;
    private readonly InstanceTypeId _type;
    private readonly string _providerArn;
    private readonly string _roleArn;

    private EmulatedNode(CloudEmulator emulator, InstanceTypeId type)
    {
        Emulator = emulator;
        _type = type;
        var vpc = emulator.AddVpc(IPNetwork.Parse("10.0.0.0/16"));
        _vSwitches = [.. Enumerable.Range(1, 2).Select(n => emulator.AddVSwitch(new VSwitchSpec
        {
            VpcId = vpc,
            ZoneId = Zone,
            Cidr = IPNetwork.Parse($"10.0.{n}.0/24"),
            Ipv6Cidr = IPNetwork.Parse($"2408:4005:0:{n}::/64"),
            PrefixReservation = IPNetwork.Parse($"10.0.{n}.128/26"),
            Ipv6PrefixReservation = IPNetwork.Parse($"2408:4005:0:{n}:8000::/68"),
        }))];
        _group = emulator.AddSecurityGroup(vpc);
        emulator.AddRole(Role);
        emulator.AddAccessKey(new CloudCredential(AccessKeyId, AccessKeySecret));
        _providerArn = $"acs:ram::{emulator.Options.AccountId}:oidc-provider/ack-rrsa-emulator";
        _roleArn = $"acs:ram::{emulator.Options.AccountId}:role/terway-emulator";
        emulator.AddOidcProvider(_providerArn);
        emulator.AddOidcRole(_roleArn, _providerArn, trusts: subject => subject == ServiceAccount);
    }

    public CloudEmulator Emulator { get; }

    public InstanceId Instance { get; private set; }

    public static async Task<EmulatedNode> CreateAsync(CloudEmulatorOptions options, InstanceTypeId type)
    {
        var node = new EmulatedNode(new CloudEmulator(options), type);
        node.Instance = await node.Emulator.AddInstanceAsync(new InstanceSpec
        {
            InstanceType = type,
            VSwitchId = node._vSwitches[0],
            SecurityGroupIds = [node._group],
            RoleName = Role,
        });
        return node;
    }

    /// <summary>What a client needs to know, a line each.</summary>
    public IEnumerable<string> Describe() =>
    [
        $"region    {Emulator.Options.RegionId}",
        $"key       {AccessKeyId} / {AccessKeySecret}, or the instance's role {Role}",
        $"RRSA      role {_roleArn}, provider {_providerArn}",
        $"          token {Emulator.IssueOidcToken(_providerArn, ServiceAccount, TokenLifetime)}",
        $"instance  {Instance} ({_type}), vSwitches {string.Join(", ", _vSwitches)}, security group {_group}",
    ];

    public void Dispose() => Emulator.Dispose();
}
