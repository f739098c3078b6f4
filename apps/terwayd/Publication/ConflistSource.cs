namespace Terwayd.Publication;

/// <summary>What the operator mounted beside <c>eni_conf</c>: the list wins over the single plugin's configuration.</summary>
internal sealed record ConflistSource(string Path, string? Content)
{
    internal static ConflistSource Find(string directory)
    {
        foreach (var name in (ReadOnlySpan<string>)[ConflistPublisher.FileName, ConflistPublisher.OldFileName])
        {
            var path = System.IO.Path.Combine(directory, name);
            if (File.Exists(path))
                return new ConflistSource(path, File.ReadAllText(path));
        }

        return new ConflistSource(System.IO.Path.Combine(directory, ConflistPublisher.FileName), Content: null);
    }
}
