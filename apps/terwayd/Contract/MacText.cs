using System.Net.NetworkInformation;

namespace Terwayd.Contract;

/// <summary>MAC addresses as the contract and the kernel's tools write them: <c>00:16:3e:0a:0b:0c</c>.</summary>
internal static class MacText
{
    internal static string Of(PhysicalAddress mac) =>
        string.Join(':', mac.GetAddressBytes().Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
