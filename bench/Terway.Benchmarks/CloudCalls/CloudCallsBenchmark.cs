namespace Terway.Benchmarks.CloudCalls;

/// <summary>
/// How many calls the pool makes for its pods, in virtual time on the emulated cloud, beside the fewest that the API allows; and how long
/// the last pod of a burst waits. No number here depends on the machine.
/// </summary>
internal static class CloudCallsBenchmark
{
    private const int AddressesPerEni = 50;
    private const int Eni = 32;
    private const int ChurningPods = 100;
    private const int Turnovers = 2000;

    private static readonly TimeSpan BetweenTurnovers = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(1);

    internal static void Run(BenchReport report)
    {
        foreach (var pods in (int[])[50, 256, 1000])
            ColdStart(report, pods);
        Churn(report);
    }

    private static void ColdStart(BenchReport report, int pods)
    {
        using var node = new CountedNode(Eni, AddressesPerEni);
        node.Burst(pods);
        var fewest = CallBounds.ColdStart(pods, AddressesPerEni);
        report.Add($"cold start, {pods} pods: calls", node.Calls, "calls", "fewest", fewest);
        report.Add($"cold start, {pods} pods: calls for each pod", node.Calls / (double)pods, "calls/pod", "fewest", fewest / (double)pods);
        report.Add($"cold start, {pods} pods: the last pod's wait", node.LastWait.TotalSeconds, "s", "fewest", node.FewestSeconds(pods));
    }

    private static void Churn(BenchReport report)
    {
        using var node = new CountedNode(Eni, AddressesPerEni);
        node.Burst(ChurningPods);
        var before = node.Calls;
        node.Turn(Turnovers, BetweenTurnovers);
        report.Add("steady churn: calls for each pod", (node.Calls - before) / (double)Turnovers, "calls/pod", "goal", 0.12);
        node.Pass(IdleTime);
        before = node.Calls;
        node.Pass(IdleTime);
        report.Add("an idle hour", node.Calls - before, "calls", "one sweep", 1);
    }
}
