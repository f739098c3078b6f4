using System.Text.Json.Nodes;
using Terway.Sandbox.Vpc;

namespace Terway.Sandbox.Nodes;

/// <summary>How the nodes' daemons are set up; the defaults suit a demonstration: a small pool and a short rest.</summary>
internal sealed record NodeSettings
{
    /// <summary>Where the daemon keeps its store, inside a node.</summary>
    public const string StateFolder = "/var/lib/cni/terway";

    /// <summary>Where DELs wait that found no daemon, inside a node.</summary>
    public const string SpoolFolder = $"{StateFolder}/pending";

    /// <summary>The size of a disk of its own under the store, in bytes; <c>null</c> leaves it on the node's.</summary>
    public long? StateDiskSize { get; init; }

    /// <summary>Idle addresses that the pool keeps at least.</summary>
    public int MinPoolSize { get; init; } = 2;

    /// <summary>Idle addresses that the pool keeps at most.</summary>
    public int MaxPoolSize { get; init; } = 5;

    /// <summary>How long a released address rests before it is given to another pod.</summary>
    public TimeSpan AddressRest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the daemon enforces network policy: it then drops a pod's packet with a foreign source before the VPC sees it.</summary>
    public bool NetworkPolicy { get; init; } = true;

    /// <summary>Size of the instances, which limits ENIs and addresses.</summary>
    public string InstanceType { get; init; } = "ecs.g7.xlarge";

    /// <summary>What the operator mounts as the plugin's configuration; <c>null</c> leaves the daemon its default.</summary>
    public string? CniConf { get; init; }

    /// <summary>The text of <c>eni_conf</c>, the daemon's configuration file.</summary>
    public string EniConf(VpcLayout vpc) => new JsonObject
    {
        ["version"] = "1",
        ["max_pool_size"] = MaxPoolSize,
        ["min_pool_size"] = MinPoolSize,
        ["ip_rest_period"] = $"{AddressRest.TotalMilliseconds:0}ms",
        ["service_cidr"] = "172.21.0.0/20",
        ["security_group"] = vpc.SecurityGroup.Value,
        ["vswitches"] = new JsonObject { [vpc.Zone.Value] = new JsonArray([.. vpc.VSwitches.Select(v => JsonValue.Create(v.Id.Value))]) },
        ["vswitch_selection_policy"] = "ordered",
        ["eni_tags"] = new JsonObject { ["sandbox"] = "terway" },
    }.ToJsonString();
}
