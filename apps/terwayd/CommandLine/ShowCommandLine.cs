using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Terway.Cni.Daemon;

namespace Terwayd.CommandLine;

/// <summary>The commands that ask the running daemon: <c>show</c> and <c>explain</c>.</summary>
internal sealed class ShowCommandLine(Func<ShowArguments, CancellationToken, Task<int>> show, string socketPath)
{
    private const string Everything = "all";
    private static readonly string[] Subjects = [Everything, "pods", "enis", "pool", "address", "eni"];

    internal Command BuildShow()
    {
        var subject = new Argument<string>("subject")
        {
            Description = "pods, enis or pool, everything if absent; address or eni for the history of one.",
            DefaultValueFactory = _ => Everything,
        };
        subject.AcceptOnlyFromAmong(Subjects);
        var name = new Argument<string?>("name") { Description = "Which address or ENI.", DefaultValueFactory = _ => null };
        var (form, socket) = (Form(), Socket());
        var command = new Command("show", "Show what the running daemon holds, or the history of an address or an ENI.") { subject, name, form, socket };
        command.Validators.Add(result => CheckName(result, Word(result, subject), Word(result, name)));
        command.SetAction((parsed, cancellationToken) => show(
            new ShowArguments(
                parsed.GetRequiredValue(subject) is var word and not Everything ? Enum.Parse<ShowSubject>(word, ignoreCase: true) : null,
                Enum.Parse<ShowOutput>(parsed.GetRequiredValue(form), ignoreCase: true),
                parsed.GetRequiredValue(socket),
                parsed.GetValue(name)),
            cancellationToken));
        return command;
    }

    internal Command BuildExplain()
    {
        var subject = new Argument<string>("subject") { Description = "pod." };
        subject.AcceptOnlyFromAmong("pod");
        var name = new Argument<string>("name") { Description = "NAMESPACE/NAME." };
        var (form, socket) = (Form(), Socket());
        var command = new Command("explain", "Tell what happened to a pod's requests for an address, and why, also when they failed.") { subject, name, form, socket };
        command.Validators.Add(result =>
        {
            if (Word(result, name)?.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
                result.AddError($"'{Word(result, name)}' is no pod; expected NAMESPACE/NAME.");
        });
        command.SetAction((parsed, cancellationToken) => show(
            new ShowArguments(
                ShowSubject.Pod, Enum.Parse<ShowOutput>(parsed.GetRequiredValue(form), ignoreCase: true),
                parsed.GetRequiredValue(socket), parsed.GetRequiredValue(name)),
            cancellationToken));
        return command;
    }

    /// <summary>The argument as it was written: its value cannot be asked for when it is one that is not accepted.</summary>
    private static string? Word(CommandResult result, Argument argument) =>
        result.GetResult(argument) is { Tokens: [var token, ..] } ? token.Value : null;

    private static void CheckName(CommandResult result, string? subject, string? name)
    {
        switch (subject)
        {
            case not null when !Subjects.Contains(subject):
                result.AddError($"'{subject}' cannot be shown; expected {string.Join(", ", Subjects)}.");
                break;
            case "address" when !IPAddress.TryParse(name, out _):
                result.AddError(name is null ? "show address needs an address." : $"'{name}' is no IP address.");
                break;
            case "eni" when string.IsNullOrEmpty(name):
                result.AddError("show eni needs the id of an ENI.");
                break;
            case not ("address" or "eni") when name is not null:
                result.AddError($"show {subject} takes no name.");
                break;
        }
    }

    private static Option<string> Form()
    {
        var form = new Option<string>("--output", "-output") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        form.AcceptOnlyFromAmong("table", "json");
        return form;
    }

    private Option<string> Socket() =>
        new("--socket", "-socket") { Description = "Unix socket of the daemon.", DefaultValueFactory = _ => socketPath };
}
