using System.Net.NetworkInformation;

namespace Terway.Cloud.Alibaba;

/// <summary>Paths of the metadata service.</summary>
internal static class MetadataPaths
{
    internal const string Token = "latest/api/token";
    internal const string RoleCredentials = "latest/meta-data/ram/security-credentials/";
    internal const string Macs = "latest/meta-data/network/interfaces/macs/";

    internal static string Instance(string leaf) => "latest/meta-data/" + leaf;

    internal static string Interface(PhysicalAddress mac, string leaf) => $"{Macs}{Text(mac)}/{leaf}";

    /// <summary>Lower case with colons, as the service writes it.</summary>
    private static string Text(PhysicalAddress mac) => string.Join(':', mac.GetAddressBytes().Select(b => b.ToString("x2")));
}
