using System.Text;

namespace Terway.Sandbox.Machine;

/// <summary>What a sandbox still has on the machine, found without its help.</summary>
internal sealed record Leftovers(IReadOnlyList<int> Processes, IReadOnlyList<string> Namespaces, bool HasStateFolder)
{
    private const string NamespaceFolder = "/run/netns";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public bool IsEmpty => Processes.Count == 0 && Namespaces.Count == 0 && !HasStateFolder;

    public static Leftovers Find(SandboxName name) => new(ProcessTable.OwnedBy(name), NamedNamespaces(name), Directory.Exists(name.StateFolder));

    /// <summary>
    /// Removes everything that carries the sandbox's name, whether or not the process that built it is alive: first processes,
    /// as they hold the namespaces whose end takes the links, addresses, routes and rules with it.
    /// </summary>
    public static async Task SweepAsync(SandboxName name, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        for (var owned = ProcessTable.OwnedBy(name); owned.Count > 0; owned = ProcessTable.OwnedBy(name))
        {
            if (Environment.TickCount64 > deadline)
                throw new SandboxException($"Processes of sandbox '{name}' do not end: {string.Join(", ", owned.Select(p => $"{p} ({ProcessTable.CommandLine(p)})"))}.");
            foreach (var id in owned)
                _ = Interop.Libc.Kill(id, Interop.Libc.SIGKILL);
            await Task.Delay(20, cancellationToken);
        }

        foreach (var left in NamedNamespaces(name))
            (await HostCommand.RunAsync(name, ["ip", "netns", "delete", left], cancellationToken)).Checked();
        if (Directory.Exists(name.StateFolder))
            Directory.Delete(name.StateFolder, recursive: true);
    }

    public override string ToString()
    {
        if (IsEmpty)
            return "nothing";
        var text = new StringBuilder();
        text.AppendJoin(", ", Processes.Select(p => $"process {p} ({ProcessTable.CommandLine(p)})").Concat(Namespaces.Select(n => $"network namespace {n}")));
        if (HasStateFolder)
            text.Append(text.Length > 0 ? ", " : "").Append("the state folder");
        return text.ToString();
    }

    private static string[] NamedNamespaces(SandboxName name) => Directory.Exists(NamespaceFolder)
        ? [.. Directory.EnumerateFiles(NamespaceFolder).Select(f => Path.GetFileName(f)).Where(name.OwnsNamespace)]
        : [];
}
