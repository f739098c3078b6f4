using System.Globalization;
using System.Text;

namespace Terway.Sandbox.Machine;

/// <summary>The machine's processes, read from /proc.</summary>
internal static class ProcessTable
{
    private const int ParentField = 1;

    /// <summary>
    /// Every live process that the sandbox started: those that carry its mark in their environment and, because a container
    /// runtime gives its containers an environment of their own, all their descendants.
    /// </summary>
    public static IReadOnlyList<int> OwnedBy(SandboxName name)
    {
        var mark = $"{SandboxName.EnvironmentVariable}={name.Value}";
        var parents = new Dictionary<int, int>();
        var owned = new HashSet<int>();
        foreach (var id in Ids())
        {
            if (Stat(id) is not { } stat || stat[0] == "Z")
                continue;
            parents[id] = int.Parse(stat[ParentField], CultureInfo.InvariantCulture);
            if (id != Environment.ProcessId && HasVariable(id, mark))
                owned.Add(id);
        }

        bool grown;
        do
        {
            grown = false;
            foreach (var (id, parent) in parents)
                grown |= id != Environment.ProcessId && owned.Contains(parent) && owned.Add(id);
        }
        while (grown);

        return [.. owned.Order()];
    }

    public static string CommandLine(int id) =>
        TryRead($"/proc/{id}/cmdline") is { Length: > 0 } bytes ? Encoding.UTF8.GetString(bytes).Replace('\0', ' ').Trim() : "?";

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    // The command name, in parentheses, may itself hold spaces and parentheses: fields are counted from the last ')'.
    private static string[]? Stat(int id)
    {
        if (TryRead($"/proc/{id}/stat") is not { Length: > 0 } bytes)
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static bool HasVariable(int id, string mark) =>
        TryRead($"/proc/{id}/environ") is { Length: > 0 } bytes && Encoding.UTF8.GetString(bytes).Split('\0').Contains(mark);

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
