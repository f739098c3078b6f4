using Spectre.Console;

namespace Terway.Sandbox.Show;

/// <summary>What commands say to a person. Results go to the output, what is being done to the error stream or between them.</summary>
internal abstract class SandboxConsole
{
    /// <summary>Colours and boxes where a terminal is there, plain lines where not.</summary>
    public static SandboxConsole For(TextWriter output, bool isTerminal) => isTerminal
        ? new TerminalConsole(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }))
        : new PlainConsole(output);

    /// <summary>The heading of a chapter.</summary>
    public abstract void Chapter(string title);

    /// <summary>One line about what happens.</summary>
    public abstract void Say(string line);

    public abstract void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows);

    /// <summary>Something that had to be true, and whether it was.</summary>
    public abstract void Checked(string what, bool passed);

    public abstract void Failure(string message);

    /// <summary>Shows that work is going on, with the lines that it says.</summary>
    public abstract Task<T> WhileAsync<T>(string doing, Func<Action<string>, Task<T>> work);

    private sealed class PlainConsole(TextWriter output) : SandboxConsole
    {
        public override void Chapter(string title) => output.WriteLine($"\n== {title}");

        public override void Say(string line) => output.WriteLine(line);

        public override void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
        {
            var widths = columns.Select((c, i) => rows.Select(r => r[i].Length).Append(c.Length).Max()).ToArray();
            foreach (var row in rows.Prepend(columns))
                output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        public override void Checked(string what, bool passed) => output.WriteLine($"{(passed ? "ok    " : "FAILED")} {what}");

        public override void Failure(string message) => output.WriteLine($"error: {message}");

        public override async Task<T> WhileAsync<T>(string doing, Func<Action<string>, Task<T>> work)
        {
            output.WriteLine($"{doing} …");
            return await work(Say);
        }
    }

    private sealed class TerminalConsole(IAnsiConsole console) : SandboxConsole
    {
        public override void Chapter(string title)
        {
            console.WriteLine();
            console.Write(new Rule($"[bold]{Markup.Escape(title)}[/]") { Justification = Justify.Left, Style = Style.Parse("blue") });
        }

        public override void Say(string line) => console.MarkupLine(Markup.Escape(line));

        public override void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
        {
            var table = new Table { Border = TableBorder.Rounded };
            foreach (var column in columns)
                table.AddColumn(new TableColumn($"[bold]{Markup.Escape(column)}[/]").NoWrap());
            foreach (var row in rows)
                table.AddRow([.. row.Select(c => new Markup(Coloured(c)))]);
            console.Write(table);
        }

        public override void Checked(string what, bool passed) =>
            console.MarkupLine($"{(passed ? "[green]✓[/]" : "[red]✗ FAILED[/]")} {Markup.Escape(what)}");

        public override void Failure(string message) => console.MarkupLine($"[red]error:[/] {Markup.Escape(message)}");

        public override Task<T> WhileAsync<T>(string doing, Func<Action<string>, Task<T>> work) =>
            console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(doing), context => work(line =>
            {
                console.MarkupLine($"[grey]·[/] {Markup.Escape(line)}");
                context.Status(Markup.Escape(doing));
            }));

        private static string Coloured(string cell) => cell switch
        {
            "allow" => "[green]allow[/]",
            "deny" => "[red]deny[/]",
            _ => Markup.Escape(cell),
        };
    }
}
