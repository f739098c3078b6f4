using System.Runtime.InteropServices;

namespace Terway.Netlink;

/// <summary>How long an address lasts (<c>struct ifa_cacheinfo</c>).</summary>
/// <param name="PreferredSeconds">For how long it is chosen as a source; <see cref="Forever"/> is without end.</param>
/// <param name="ValidSeconds">For how long it exists; <see cref="Forever"/> is without end.</param>
/// <param name="Created">When it was made, in hundredths of a second since boot. Read only.</param>
/// <param name="Updated">When it was changed, in hundredths of a second since boot. Read only.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct AddressLifetimes(uint PreferredSeconds, uint ValidSeconds, uint Created = 0, uint Updated = 0)
{
    /// <summary>Without end.</summary>
    public const uint Forever = uint.MaxValue;
}
