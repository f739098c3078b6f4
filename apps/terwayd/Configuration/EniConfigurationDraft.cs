namespace Terwayd.Configuration;

/// <summary>The configuration while it is read: the values so far, parts that are joined at the end, and what to warn about.</summary>
internal sealed class EniConfigurationDraft
{
    internal EniConfiguration Result { get; } = new();

    internal SortedSet<string> SecurityGroups { get; } = new(StringComparer.Ordinal);

    internal List<string> Warnings { get; } = [];
}
