namespace Terway.Policy.Internal;

/// <summary>Gathers what is wrong with one object.</summary>
internal sealed class ProblemNotes(string subject)
{
    private readonly List<(string Field, string Reason)> _notes = [];

    internal int Count => _notes.Count;

    internal void Add(string field, string reason) => _notes.Add((field.Length == 0 ? "(object)" : field, reason));

    internal IEnumerable<ResourceProblem> ToProblems(ProblemEffect effect) =>
        _notes.Select(n => new ResourceProblem(subject, n.Field, n.Reason, effect));
}
