namespace Terway.Policy.Internal;

/// <summary>Reads tiers and network sets, and the fields that Calico's kinds share.</summary>
internal static class CalicoReader
{
    internal static Resource ReadTier(ObjectHeader header, FieldReader root)
    {
        var spec = root.Child("spec");
        var action = spec?.Text("defaultAction");
        if (action is not (null or "Deny" or "Pass"))
            spec!.Child("defaultAction")!.Fail("must be Deny or Pass");
        return new CalicoTier
        {
            Name = header.Name,
            Order = spec?.Number("order"),
            DefaultAction = action is "Pass" ? RuleAction.Pass : RuleAction.Deny,
        };
    }

    internal static Resource ReadNetworkSet(ObjectHeader header, FieldReader root) => new NetworkSet
    {
        Name = header.Name,
        Namespace = header.Namespace,
        Labels = header.Metadata.Labels("labels"),
        Nets = root.Child("spec")?.Values("nets", ReadNet) ?? default,
    };

    /// <summary>A block, or an address, which means the block of itself.</summary>
    internal static System.Net.IPNetwork? ReadNet(FieldReader field)
    {
        if (field.Text() is { } text && Addresses.TryParse(text, out var address))
            return Addresses.Single(address);
        return field.Network();
    }

    internal static Selector? ReadSelector(FieldReader field, string name, bool mayBeGlobal = false)
    {
        if (field.Child(name) is not { } child || child.Text() is not { Length: > 0 } text)
            return null;
        if (!Selector.TryParse(text, out var selector, out var error))
            return child.Fail<Selector>($"{error.Reason} at {error.Offset} of '{text}'");
        if (!mayBeGlobal && selector.ToString().Contains("global()", StringComparison.Ordinal))
            return child.Fail<Selector>("global() has a meaning in a namespaceSelector only");
        return selector;
    }
}
