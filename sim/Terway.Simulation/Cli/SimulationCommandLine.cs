using System.CommandLine;

namespace Terway.Simulation;

/// <summary>The command line of the simulation. Exit code 0 when nothing was violated, 1 when something was, 2 for a wrong argument.</summary>
internal static class SimulationCommandLine
{
    private const long DefaultLifecycles = 100_000;
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(10);

    internal static int Run(string[] args, TextWriter output, TextWriter progress) => Root(output, progress).Parse(args).Invoke();

    private static RootCommand Root(TextWriter output, TextWriter progress)
    {
        var lifecycles = new Option<long?>("--lifecycles") { Description = $"Whole pod lifecycles after which no further story begins; {DefaultLifecycles} unless --seeds is given." };
        var seed = new Option<int?>("--seed") { Description = "The first story's seed; fresh if absent, and printed. Alone: tells that story only." };
        var seeds = new Option<int?>("--seeds") { Description = "How many stories, with consecutive seeds." };
        var faults = new Option<FaultProfile>("--faults")
        {
            Description = $"Which faults: {string.Join(", ", FaultProfile.ByName.Keys.Order(StringComparer.Ordinal))}.",
            DefaultValueFactory = _ => FaultProfile.All,
            CustomParser = argument =>
            {
                if (FaultProfile.ByName.TryGetValue(argument.Tokens[0].Value, out var profile))
                    return profile;
                argument.AddError($"There is no fault profile \"{argument.Tokens[0].Value}\".");
                return null;
            },
        };
        var steps = new Option<string?>("--steps") { Description = "Only these steps of the story of --seed, such as 3,17,20-25." };
        var history = new Option<int>("--history") { Description = "How many lines of the story of --seed are printed." };
        var workers = new Option<int>("--workers") { Description = "Stories told at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var brief = new Option<bool>("--brief") { Description = "Says what was violated, and looks for no shorter history." };
        var root = new RootCommand("Tells stories of a node under faults, in virtual time, and checks every promise after every step.") { lifecycles, seed, seeds, faults, steps, history, workers, brief };
        root.Validators.Add(result =>
        {
            if (result.GetResult(seed) is null && (result.GetResult(steps) is not null || result.GetResult(history) is { Implicit: false }))
                result.AddError("--steps and --history are for the story of --seed.");
        });
        root.SetAction(parsed =>
        {
            var profile = parsed.GetRequiredValue(faults);
            if (parsed.GetValue(seed) is { } one && parsed.GetValue(seeds) is null && parsed.GetValue(lifecycles) is null)
                return TellOne(output, new StorySettings { Seed = one, Faults = profile, Only = parsed.GetValue(steps) is { } only ? StepRanges.Parse(only) : default, History = parsed.GetValue(history) });
            return TellMany(output, progress, new CampaignSettings
            {
                FirstSeed = parsed.GetValue(seed) ?? Random.Shared.Next(),
                Stories = parsed.GetValue(seeds),
                Lifecycles = parsed.GetValue(lifecycles) ?? (parsed.GetValue(seeds) is null ? DefaultLifecycles : null),
                Faults = profile,
                Workers = Math.Max(1, parsed.GetValue(workers)),
            }, parsed.GetValue(brief));
        });
        return root;
    }

    private static int TellOne(TextWriter output, StorySettings settings)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var story = Story.Tell(settings);
        foreach (var line in story.History)
            output.WriteLine(line);
        var summary = new CampaignSummary(clock);
        summary.Add(story);
        CampaignText.WriteSummary(output, summary);
        if (story.Violations.IsEmpty)
            return 0;
        if (settings.Only.IsDefault)
            return Explain(output, story);
        return Name(output, story);
    }

    private static int TellMany(TextWriter output, TextWriter progress, CampaignSettings settings, bool isBrief)
    {
        output.WriteLine($"Stories from seed {settings.FirstSeed} on, faults: {settings.Faults.Name}");
        var next = BetweenProgress;
        var summary = Campaign.Run(
            settings,
            told =>
            {
                if (told.RealTime < next)
                    return;
                next = told.RealTime + BetweenProgress;
                progress.WriteLine($"  {told.Completed:N0} lifecycles, {told.Completed / told.RealTime.TotalSeconds:N0} a second");
            },
            CancellationToken.None);
        CampaignText.WriteSummary(output, summary);
        if (summary.Failed is not { } failed)
            return 0;
        return isBrief ? Name(output, failed) : Explain(output, failed);
    }

    private static int Name(TextWriter output, StoryResult story)
    {
        foreach (var violation in story.Violations)
            output.WriteLine($"VIOLATION ({violation.Kind}): {violation.Text}");
        return 1;
    }

    private static int Explain(TextWriter output, StoryResult found)
    {
        output.WriteLine($"Shortening the history of seed {found.Settings.Seed} …");
        var shortest = Shrinker.Shorten(found);
        var told = Story.Tell(shortest.Settings with { History = 400 });
        CampaignText.WriteFailure(output, found, told);
        return 1;
    }
}
