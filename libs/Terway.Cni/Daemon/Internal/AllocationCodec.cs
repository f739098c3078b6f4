using System.Collections.Immutable;
using System.Text.Json;
using Terway.Cni.Internal;

namespace Terway.Cni.Daemon.Internal;

/// <summary>An allocation as it travels.</summary>
internal static class AllocationCodec
{
    public static void Write(Utf8JsonWriter json, Allocation value)
    {
        json.WriteString("leaseId", value.LeaseId);
        json.WriteString("kind", ContractNames.Of(value.Kind));
        JsonWrite.List(json, "netConfs", value.NetConfs, NetConfCodec.Write);
        JsonWrite.Object(json, "hostAddresses", value.HostAddresses, NetConfCodec.Write);
        json.WriteBoolean("eniReady", value.EniReady);
    }

    public static Allocation Read(ref Utf8JsonReader json)
    {
        string? leaseId = null;
        NetworkKind kind = NetworkKind.EniMultiIp;
        ImmutableArray<NetConf>? netConfs = null;
        AddressSet? hostAddresses = null;
        bool eniReady = false;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "leaseId": leaseId = JsonRead.Text(ref json); break;
                case "kind": kind = ContractNames.Kind(JsonRead.Text(ref json)); break;
                case "netConfs": netConfs = JsonRead.List(ref json, NetConfCodec.Read); break;
                case "hostAddresses": hostAddresses = JsonRead.Optional(ref json, NetConfCodec.Addresses); break;
                case "eniReady": eniReady = JsonRead.Boolean(ref json); break;
                default: json.Skip(); break;
            }
        return new Allocation
        {
            LeaseId = JsonRead.Required(leaseId, "leaseId"),
            Kind = kind,
            NetConfs = netConfs ?? throw new JsonException("'netConfs' is missing"),
            HostAddresses = hostAddresses ?? AddressSet.None,
            EniReady = eniReady,
        };
    }
}
