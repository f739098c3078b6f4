namespace Terway.Policy.Internal;

/// <summary>Reads namespaces, nodes, pods and service accounts.</summary>
internal static class KubernetesReader
{
    private const string AnnotationOfAddress = "cni.projectcalico.org/podIP";
    private const string AnnotationOfAddresses = "k8s.aliyun.com/pod-ips";

    internal static Resource ReadNamespace(ObjectHeader header, FieldReader root) => new Namespace
    {
        Name = header.Name,
        Labels = header.Metadata.Labels("labels").With(Namespace.NameLabel, header.Name),
    };

    internal static Resource ReadServiceAccount(ObjectHeader header, FieldReader root) => new ServiceAccount
    {
        Name = header.Name,
        Namespace = header.Namespace!,
        Labels = header.Metadata.Labels("labels"),
    };

    internal static Resource ReadNode(ObjectHeader header, FieldReader root) => new Node
    {
        Name = header.Name,
        Labels = header.Metadata.Labels("labels"),
        Addresses = root.Child("status")?.List("addresses", ReadNodeAddress) ?? default,
    };

    internal static Resource ReadPod(ObjectHeader header, FieldReader root)
    {
        var spec = root.Child("spec");
        var status = root.Child("status");
        return new Pod
        {
            Name = header.Name,
            Namespace = header.Namespace!,
            Labels = header.Metadata.Labels("labels"),
            Node = spec?.Text("nodeName"),
            ServiceAccount = spec?.Text("serviceAccountName") ?? "default",
            IsHostNetwork = spec?.Flag("hostNetwork") ?? false,
            IsFinished = IsFinished(header.Metadata, status),
            Addresses = ReadAddresses(header.Metadata, status),
            Ports = spec is null ? default : new([.. ReadPorts(spec, "containers"), .. ReadPorts(spec, "initContainers")]),
        };
    }

    /// <summary>Ended, or being deleted with the annotation blanked by which the CNI plugin tells that the address was released.</summary>
    private static bool IsFinished(FieldReader metadata, FieldReader? status) =>
        status?.Text("phase") is "Succeeded" or "Failed"
        || (metadata.Has("deletionTimestamp") && metadata.Child("annotations")?.Text(AnnotationOfAddress) is "");

    private static EquatableArray<System.Net.IPAddress> ReadAddresses(FieldReader metadata, FieldReader? status)
    {
        var addresses = status?.List("podIPs", ip => ip.Child("ip", field => field.Address())) ?? default;
        if (addresses.IsEmpty && status?.Child("podIP") is { } single && single.Text() is not "")
            addresses = single.Address() is { } address ? [address] : [];
        if (!addresses.IsEmpty || metadata.Child("annotations")?.Text(AnnotationOfAddresses) is not { } written)
            return addresses;
        return written.Split(',', StringSplitOptions.TrimEntries)
            .Select(text => Addresses.TryParse(text, out var address) ? address : null)
            .OfType<System.Net.IPAddress>().ToEquatableArray();
    }

    private static System.Net.IPAddress? ReadNodeAddress(FieldReader field) =>
        field.Text("type") is "InternalIP" ? field.Child("address", address => address.Address()) : null;

    private static IEnumerable<NamedPort> ReadPorts(FieldReader spec, string containers)
    {
        foreach (var port in spec.Items(containers).SelectMany(c => c.Items("ports")))
        {
            if (port.Text("name") is { Length: > 0 } name
                && port.Integer("containerPort", 1, ushort.MaxValue) is { } number
                && IpProtocol.TryParse(port.Text("protocol") ?? "TCP", out var protocol) && protocol.HasPorts)
            {
                yield return new(name, protocol, (ushort)number);
            }
        }
    }
}
