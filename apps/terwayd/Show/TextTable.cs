using System.Text;

namespace Terwayd.Show;

/// <summary>Columns aligned with spaces, as <c>kubectl</c> and <c>ip</c> print them; an empty cell is a dash.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const int Gap = 3;
    private readonly List<string[]> _rows = [headings];

    internal void Add(params string?[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"A row has {cells.Length} cells, the table {headings.Length} columns.", nameof(cells));
        _rows.Add([.. cells.Select(c => string.IsNullOrEmpty(c) ? "-" : c)]);
    }

    public override string ToString()
    {
        var widths = headings.Select((_, column) => _rows.Max(r => r[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var line = string.Join("", row.Select((cell, column) => cell.PadRight(widths[column] + Gap)));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
