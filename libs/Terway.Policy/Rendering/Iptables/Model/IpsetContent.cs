using System.Collections.Immutable;

namespace Terway.Policy.Iptables;

/// <summary>A set of <c>ipset</c> with what it holds.</summary>
/// <param name="Name">Its name, at most 31 bytes.</param>
/// <param name="Type">Its type: <c>hash:net</c> or <c>hash:ip,port</c>.</param>
/// <param name="Version">The version of IP of its members.</param>
/// <param name="MaxSize">The most members.</param>
/// <param name="Members">The members as <c>ipset</c> writes them, in no particular order.</param>
public sealed record IpsetContent(string Name, string Type, IpVersion Version, int MaxSize, ImmutableArray<string> Members)
{
    /// <summary>The line that makes it.</summary>
    public string CreateLine() => $"create {Name} {Type} family {(Version is IpVersion.V4 ? "inet" : "inet6")} maxelem {MaxSize}";
}
