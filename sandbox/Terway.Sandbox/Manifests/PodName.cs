namespace Terway.Sandbox.Manifests;

/// <summary>A pod's namespace and name, written <c>namespace/name</c>; a name alone is in namespace <c>default</c>.</summary>
internal readonly record struct PodName(string Namespace, string Name)
{
    public const string DefaultNamespace = "default";

    /// <summary>Characters of a host's name: a label of RFC 1123, one less than Linux takes.</summary>
    public const int LongestHostName = 63;

    public static PodName Parse(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } name] => new PodName(DefaultNamespace, name),
        [{ Length: > 0 } ns, { Length: > 0 } name] => new PodName(ns, name),
        _ => throw new SandboxException($"'{text}' is not a pod: write namespace/name."),
    };

    /// <summary>What the pod calls itself: its name, cut to what a host's name may have, as kubelet cuts it.</summary>
    public string HostName => Name.Length <= LongestHostName ? Name : Name[..LongestHostName].TrimEnd('-', '.');

    public override string ToString() => $"{Namespace}/{Name}";
}
