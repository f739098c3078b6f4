using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Terway.Sandbox.Nodes;

/// <summary>An address of an ENI by a daemon's account.</summary>
internal sealed record AddressAccount(IPAddress Address, string State, string EniState, DateTimeOffset? RestsUntil)
{
    /// <summary>Whether a pod could get the address at once: nobody has it, and its ENI is ready.</summary>
    public bool IsReady => State == "idle" && EniState == "inUse";
}

/// <summary>Reads what <c>terwayd show --output json</c> says.</summary>
internal static class DaemonAccount
{
    private static readonly string[] AddressKeys = ["ipv4", "ipv6"];

    /// <summary>The addresses that pods hold, out of <c>show pods</c>.</summary>
    public static IEnumerable<IPAddress> Held(string pods) =>
        from pod in JsonNode.Parse(pods)!.AsArray()
        from property in pod!.AsObject()
        where AddressKeys.Contains(property.Key, StringComparer.OrdinalIgnoreCase) && property.Value is not null
        select IPAddress.Parse((string)property.Value!);

    /// <summary>The addresses of all ENIs, out of <c>show enis</c>.</summary>
    public static IEnumerable<AddressAccount> Addresses(string enis) =>
        from eni in JsonNode.Parse(enis)!.AsArray()
        from address in eni!["addresses"]!.AsArray()
        select new AddressAccount(
            IPAddress.Parse((string)address!["address"]!),
            (string)address["state"]!,
            (string)eni["state"]!,
            (string?)address["restsUntil"] is { } until ? DateTimeOffset.Parse(until, CultureInfo.InvariantCulture) : null);

    /// <summary>Whether <c>policy show</c> says that objects of a revision that is wanted are in force, or that policy is off.</summary>
    public static bool IsInForce(string policy, Func<string, bool> isWanted)
    {
        var shown = JsonNode.Parse(policy)!;
        return (string?)shown["state"] switch
        {
            "off" => true,
            "inForce" => (string?)shown["revision"] is { } revision && isWanted(revision),
            _ => false,
        };
    }
}
