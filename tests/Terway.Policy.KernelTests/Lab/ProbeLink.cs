using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>A link of the node and its open end, which has the same name.</summary>
internal sealed record ProbeLink(string Name, IfIndex Inside, MacAddress Mac, IfIndex Open);
