namespace Terway.Simulation;

/// <summary>The broken promises of a story, each text once.</summary>
internal sealed class Violations
{
    private readonly List<Violation> _all = [];

    internal IReadOnlyList<Violation> All => _all;

    internal void Add(string kind, string text)
    {
        if (!_all.Exists(known => known.Text == text))
            _all.Add(new Violation(kind, text));
    }
}
