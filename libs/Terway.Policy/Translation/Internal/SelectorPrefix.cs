namespace Terway.Policy.Internal;

/// <summary>Turns selectors over namespaces and service accounts into selectors over the labels that endpoints inherit from them.</summary>
internal static class SelectorPrefix
{
    private static readonly LabelNode HasNamespace = new(LabelKeys.Namespace, LabelOperator.Has, []);

    internal static Selector OfNamespace(Selector selector) => new(selector.Root.Map(leaf => leaf switch
    {
        LabelNode label => Prefixed(label, LabelKeys.OfNamespace),
        _ when leaf == ConstantNode.All => HasNamespace,
        _ => NotNode.Of(HasNamespace),
    }));

    internal static Selector OfServiceAccount(Selector selector) =>
        new(selector.Root.Map(leaf => leaf is LabelNode label ? Prefixed(label, LabelKeys.OfServiceAccount) : leaf));

    internal static Selector InNamespace(string name) => Selector.HasValue(LabelKeys.Namespace, name);

    private static LabelNode Prefixed(LabelNode label, string prefix) => new(prefix + label.Key, label.Operator, label.Values);
}
