namespace Terway.Policy.Iptables.Internal;

/// <summary>Lines before a rule for those parts of its condition that one line cannot hold, which leave their result in the packet's mark.</summary>
/// <remarks>
/// One bit tells whether all parts held so far, another whether the present one does. It is cleared before each part: without that, as in Felix, a
/// third part would always hold.
/// </remarks>
internal sealed class MatchBlocks(IptablesOptions options)
{
    private readonly List<IptablesRule> _lines = [];

    internal IReadOnlyList<IptablesRule> Lines => _lines;

    /// <summary>The match by which the rule itself asks for the result; null where there are no parts.</summary>
    internal string? Guard => _lines.Count == 0 ? null : Marks.IsSet(options.AllMark);

    /// <summary>One of several must match.</summary>
    internal void AnyOf(IEnumerable<string> alternatives)
    {
        var isFirst = _lines.Count == 0;
        Add(isFirst ? Marks.Set(0, options.AllMark | options.PartMark) : Marks.Set(0, options.PartMark));
        var mark = isFirst ? options.AllMark : options.PartMark;
        foreach (var match in alternatives)
            Add($"{match} {Marks.Set(mark, mark)}");
        if (!isFirst)
            Add($"{Marks.IsClear(options.PartMark)} {Marks.Set(0, options.AllMark)}");
    }

    /// <summary>None of several may match.</summary>
    internal void NoneOf(IEnumerable<string> alternatives)
    {
        if (_lines.Count == 0)
            Add(Marks.Set(options.AllMark, options.AllMark | options.PartMark));
        foreach (var match in alternatives)
            Add($"{match} {Marks.Set(0, options.AllMark)}");
    }

    private void Add(string text) => _lines.Add(new(text));
}
