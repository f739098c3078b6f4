using System.Diagnostics;

namespace Terway.Simulation;

/// <summary>Tells many stories, several at a time; each is single-threaded, and which thread tells it does not matter to it.</summary>
internal static class Campaign
{
    /// <summary>Tells stories until the bounds are reached, or until one violates something.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="told">Told after every story, by one thread at a time.</param>
    /// <param name="cancellationToken">Begins no further story.</param>
    internal static CampaignSummary Run(CampaignSettings settings, Action<CampaignSummary> told, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        var summary = new CampaignSummary(Stopwatch.StartNew());
        var next = 0;
        var workers = Enumerable.Range(0, settings.Workers).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        summary.ThrowIfBroken();
        return summary;

        void Work()
        {
            while (TakeNext() is { } seed)
            {
                try
                {
                    var story = Story.Tell(new StorySettings { Seed = seed, Faults = settings.Faults, Pods = settings.Pods });
                    lock (gate)
                    {
                        summary.Add(story);
                        told(summary);
                    }
                }
                catch (Exception e)
                {
                    // A thread's edge: a defect of the simulation itself ends the campaign, with the seed that shows it.
                    lock (gate)
                        summary.Break(seed, e);
                    return;
                }
            }
        }

        int? TakeNext()
        {
            lock (gate)
            {
                var isDone = cancellationToken.IsCancellationRequested || summary.Failed is not null || summary.IsBroken
                    || next >= settings.Stories || summary.Completed >= settings.Lifecycles;
                return isDone ? null : unchecked(settings.FirstSeed + next++);
            }
        }
    }
}
