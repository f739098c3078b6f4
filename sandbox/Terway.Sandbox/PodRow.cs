using Terway.Cloud;
using Terway.Sandbox.Pods;

namespace Terway.Sandbox;

/// <summary>A pod for a table: its address, and the ENI, the vSwitch and the node that it has it from.</summary>
internal sealed record PodRow(string Pod, string Address, string Eni, string VSwitch, string Node)
{
    public static readonly string[] Columns = ["pod", "address", "ENI", "vSwitch", "node"];

    public static PodRow Of(Pod pod, NetworkInterface? owner) =>
        new(pod.Name, pod.Address.ToString(), owner?.Id.Value ?? "-", owner?.VSwitchId.Value ?? "-", pod.Node.Name);

    public string[] Cells() => [Pod, Address, Eni, VSwitch, Node];
}
