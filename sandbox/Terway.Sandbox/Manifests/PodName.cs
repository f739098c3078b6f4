namespace Terway.Sandbox.Manifests;

/// <summary>A pod's namespace and name, written <c>namespace/name</c>; a name alone is in namespace <c>default</c>.</summary>
internal readonly record struct PodName(string Namespace, string Name)
{
    public const string DefaultNamespace = "default";

    public static PodName Parse(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } name] => new PodName(DefaultNamespace, name),
        [{ Length: > 0 } ns, { Length: > 0 } name] => new PodName(ns, name),
        _ => throw new SandboxException($"'{text}' is not a pod: write namespace/name."),
    };

    public override string ToString() => $"{Namespace}/{Name}";
}
