using System.Text.Json;

namespace Terway.Benchmarks;

/// <summary>One measured number, beside that of a peer where there is one.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">Ours.</param>
/// <param name="Unit">Of both numbers.</param>
/// <param name="Baseline">Whose the other number is.</param>
/// <param name="BaselineValue">The peer's.</param>
internal sealed record BenchRow(string Metric, double Value, string Unit, string? Baseline = null, double? BaselineValue = null)
{
    internal double? Ratio => BaselineValue is > 0 ? Value / BaselineValue : null;
}

/// <summary>The result of a benchmark: a table for people, and artifacts/bench/NAME.json for machines.</summary>
internal sealed class BenchReport(string name)
{
    private readonly List<BenchRow> _rows = [];

    internal void Add(BenchRow row) => _rows.Add(row);

    internal void Add(string metric, double value, string unit, string? baseline = null, double? baselineValue = null) =>
        Add(new BenchRow(metric, value, unit, baseline, baselineValue));

    internal void Print(TextWriter output)
    {
        var width = _rows.Max(row => row.Metric.Length);
        output.WriteLine($"{"metric".PadRight(width)}  {"ours",12}  {"peer",12}  {"ratio",6}  unit");
        foreach (var row in _rows)
        {
            var peer = row.BaselineValue is { } value ? Number(value) : string.Empty;
            var ratio = row.Ratio is { } r ? r.ToString("0.00") : string.Empty;
            output.WriteLine($"{row.Metric.PadRight(width)}  {Number(row.Value),12}  {peer,12}  {ratio,6}  {row.Unit}{(row.Baseline is null ? string.Empty : $" (peer: {row.Baseline})")}");
        }
    }

    /// <summary>Writes the rows below the repository's artifacts folder.</summary>
    /// <returns>The file's path.</returns>
    internal string Write()
    {
        var path = Path.Combine(Repository.Artifacts("bench"), $"{name}.json");
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var row in _rows)
            WriteRow(json, row);
        json.WriteEndArray();
        return path;
    }

    private static void WriteRow(Utf8JsonWriter json, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("metric", row.Metric);
        json.WriteNumber("value", Math.Round(row.Value, 4));
        json.WriteString("unit", row.Unit);
        json.WriteString("baseline", row.Baseline);
        if (row.BaselineValue is { } value)
            json.WriteNumber("baselineValue", Math.Round(value, 4));
        else
            json.WriteNull("baselineValue");
        if (row.Ratio is { } ratio)
            json.WriteNumber("ratio", Math.Round(ratio, 4));
        else
            json.WriteNull("ratio");
        json.WriteEndObject();
    }

    private static string Number(double value) => value >= 1000 ? value.ToString("#,0") : value.ToString("0.00");
}
