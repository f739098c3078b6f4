using System.Text.Json.Serialization;

namespace Terway.Benchmarks;

/// <summary>One measured number, beside the number of what it is compared with.</summary>
internal sealed record BenchRow(
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("baseline")] string? Baseline = null,
    [property: JsonPropertyName("baselineValue")] double? BaselineValue = null)
{
    [JsonPropertyName("ratio")]
    public double? Ratio => BaselineValue is > 0 ? Math.Round(Value / BaselineValue.Value, 3) : null;
}
