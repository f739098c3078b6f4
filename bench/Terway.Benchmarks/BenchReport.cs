using System.Text.Json;

namespace Terway.Benchmarks;

/// <summary>What a benchmark found: a table for people, and artifacts/bench/NAME.json for programs.</summary>
internal sealed class BenchReport(string name)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<BenchRow> _rows = [];

    internal void Add(BenchRow row) => _rows.Add(row);

    internal void Add(string metric, double value, string unit, string? baseline = null, double? baselineValue = null) =>
        Add(new BenchRow(metric, value, unit, baseline, baselineValue));

    /// <summary>Prints the table, and writes the file when there is something to write.</summary>
    internal void Publish(TextWriter output)
    {
        if (_rows.Count == 0)
            return;
        var width = _rows.Max(row => row.Metric.Length);
        output.WriteLine($"{"metric".PadRight(width)}  {"ours",12}  {"peer",12}  {"ratio",6}  unit");
        foreach (var row in _rows)
            output.WriteLine(Line(row, width));
        var path = Path.Combine(Repository.Artifacts("bench"), $"{name}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(_rows, Indented) + "\n");
        output.WriteLine($"written to {Path.GetRelativePath(Repository.Root, path)}");
    }

    private static string Line(BenchRow row, int width)
    {
        var peer = row.BaselineValue is { } value ? Number(value) : string.Empty;
        var ratio = row.Ratio is { } r ? r.ToString("0.00") : string.Empty;
        var whose = row.Baseline is null ? string.Empty : $" (peer: {row.Baseline})";
        return $"{row.Metric.PadRight(width)}  {Number(row.Value),12}  {peer,12}  {ratio,6}  {row.Unit}{whose}";
    }

    private static string Number(double value) => value >= 1000 ? value.ToString("#,0") : value.ToString("0.00");
}
