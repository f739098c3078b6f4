namespace Terway.Ipam.Actions;

/// <summary>When to ask the cloud whether an ENI is attached: pods wait for the answer, and every question costs a call.</summary>
/// <remarks>The first question comes when earlier attachments of this node were about done, the next ones soon after it and then
/// ever more seldom. Used under the pool's lock.</remarks>
internal sealed class AttachPace
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(15);
    private const double Growth = 1.3;
    private const int MostSteps = 20;

    /// <summary>From the request to the first question.</summary>
    public TimeSpan First { get; private set; } = TimeSpan.FromSeconds(2);

    /// <summary>From one question to the next.</summary>
    public static TimeSpan Next(int looks)
    {
        var step = Step * Math.Pow(Growth, Math.Min(looks, MostSteps));
        return step < LongestStep ? step : LongestStep;
    }

    /// <summary>Learns from an attachment: asked too early means later next time, done at the first question means earlier.</summary>
    /// <param name="took">From the request to the answer that showed it done.</param>
    /// <param name="looks">Questions before that answer.</param>
    public void Done(TimeSpan took, int looks)
    {
        var better = looks == 0 ? First * 0.75 : First + (took - First) / 2;
        First = better < Soonest ? Soonest : better > Latest ? Latest : better;
    }
}
