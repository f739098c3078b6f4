using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;

namespace Terwayd.Show;

/// <summary>Asks the running daemon over its contract and prints the answer.</summary>
internal sealed class ShowCommand(TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal int Run(ShowArguments arguments, CancellationToken cancellationToken)
    {
        using var client = new DaemonClient(new DaemonClientOptions
        {
            SocketPath = arguments.SocketPath,
            Deadline = Patience,
            RequestId = $"show-{Guid.NewGuid():n}",
        });
        try
        {
            var documents = Subjects(arguments.Subject)
                .Select(s => (Subject: s, Text: client.Show(new ShowRequest(s, arguments.Name), cancellationToken)))
                .ToList();
            output.Write(arguments.Output is ShowOutput.Json ? Json(documents) : string.Join('\n', documents.Select(d => Table(d.Subject, d.Text))));
            return arguments.Name is not null && IsEmpty(documents) ? 1 : 0;
        }
        catch (DaemonException e)
        {
            errors.WriteLine($"{e.Error.Code}: {e.Error.Message}{(e.Error.Hint is { } hint ? $" ({hint})" : "")}");
            return 1;
        }
    }

    /// <summary>Whether nothing is known of what was named: then the exit code is 1.</summary>
    private static bool IsEmpty(List<(ShowSubject Subject, string Text)> documents) =>
        documents is [var only] && Read(only.Text, ShowJsonContext.Default.IReadOnlyListEventRow).Count == 0;

    private static ShowSubject[] Subjects(ShowSubject? subject) =>
        subject is { } one ? [one] : [ShowSubject.Pool, ShowSubject.Enis, ShowSubject.Pods];

    /// <summary>One subject is its document; several are one object with a member for each.</summary>
    private static string Json(List<(ShowSubject Subject, string Text)> documents)
    {
        if (documents is [var only])
            return $"{only.Text}\n";
        var all = new JsonObject();
        foreach (var (subject, text) in documents)
            all[Name(subject)] = JsonNode.Parse(text);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            all.WriteTo(writer);
        return $"{System.Text.Encoding.UTF8.GetString(buffer.ToArray())}\n";
    }

    private static string Name(ShowSubject subject) => subject switch
    {
        ShowSubject.Pods => "pods",
        ShowSubject.Enis => "enis",
        ShowSubject.Policy => "policy",
        _ => "pool",
    };

    private static string Table(ShowSubject subject, string document) => subject switch
    {
        ShowSubject.Pods => ShowTables.Pods(Read(document, ShowJsonContext.Default.IReadOnlyListPodRow)),
        ShowSubject.Policy => PolicyTables.Policy(Read(document, ShowJsonContext.Default.PolicyRow)),
        ShowSubject.Address or ShowSubject.Eni or ShowSubject.Pod => EventTable.Of(Read(document, ShowJsonContext.Default.IReadOnlyListEventRow)),
        ShowSubject.Enis => ShowTables.Enis(Read(document, ShowJsonContext.Default.IReadOnlyListEniRow)),
        _ => ShowTables.Pool(Read(document, ShowJsonContext.Default.PoolRow)),
    };

    private static T Read<T>(string document, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("the document is null");
        }
        catch (JsonException e)
        {
            throw new DaemonException(ErrorCode.DaemonProtocol, "the daemon's answer is not the document that was asked for", e.Message,
                "use the terwayd that is running, or --output json", e);
        }
    }
}
