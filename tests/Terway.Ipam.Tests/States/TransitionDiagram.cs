using System.Text;

namespace Terway.Ipam.Tests.States;

/// <summary>Reads a transition table by asking it for every pair, and draws it.</summary>
internal static class TransitionDiagram
{
    public static IEnumerable<string> Rows<TState, TEvent>(Func<TState, TEvent, TState?> next)
        where TState : struct, Enum
        where TEvent : struct, Enum =>
        from state in Enum.GetValues<TState>()
        from e in Enum.GetValues<TEvent>()
        where next(state, e) is not null
        select $"{state} {e} {next(state, e)}";

    public static IEnumerable<TState> Unreachable<TState, TEvent>(Func<TState, TEvent, TState?> next)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        var pairs = (from state in Enum.GetValues<TState>() from e in Enum.GetValues<TEvent>() where next(state, e) is not null select (From: state, To: next(state, e)!.Value)).ToList();
        return Enum.GetValues<TState>().Where(state => !pairs.Exists(pair => pair.From.Equals(state)) || !pairs.Exists(pair => pair.To.Equals(state)));
    }

    public static string Mermaid<TState, TEvent>(Func<TState, TEvent, TState?> next)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        var diagram = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        foreach (var from in Enum.GetValues<TState>())
        {
            foreach (var to in Enum.GetValues<TState>())
            {
                var events = Enum.GetValues<TEvent>().Where(e => next(from, e)?.Equals(to) == true).ToList();
                if (events.Count > 0)
                    diagram.Append($"    {Name(from)} --> {Name(to)}: {string.Join(", ", events)}\n");
            }
        }

        return diagram.Append("```").ToString();
    }

    private static string Name<TState>(TState state)
        where TState : struct, Enum => Convert.ToInt32(state) == 0 ? "[*]" : state.ToString();
}
