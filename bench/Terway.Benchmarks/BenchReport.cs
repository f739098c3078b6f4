using System.Globalization;
using System.Text.Json;

namespace Terway.Benchmarks;

/// <summary>What a benchmark found: a table for people, a file for programs.</summary>
internal sealed class BenchReport(string name)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };
    private readonly List<BenchRow> _rows = [];

    public void Add(BenchRow row) => _rows.Add(row);

    /// <summary>Prints the table and writes <c>artifacts/bench/NAME.json</c> below the current folder.</summary>
    public void Publish()
    {
        int width = _rows.Max(row => row.Metric.Length);
        foreach (BenchRow row in _rows)
        {
            string compared = row.BaselineValue is { } baseline ? $"  {row.Baseline}: {Number(baseline),9}  ratio {row.Ratio:0.00}" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Metric.PadRight(width)}  {Number(row.Value),9} {row.Unit,-5}{compared}"));
        }

        string folder = Path.Combine("artifacts", "bench");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(_rows, Options) + "\n");
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture);
}
