using System.Diagnostics;
using Terway.Simulation;

var clock = Stopwatch.StartNew();
long completed = 0, pods = 0;
var first = int.Parse(args[0]);
for (var seed = first; seed < first + int.Parse(args[1]); seed++)
{
    var r = Story.Tell(new StorySettings { Seed = seed, Faults = FaultProfile.ByName[args[2]], History = args.Length > 3 ? int.Parse(args[3]) : 0 });
    completed += r.Completed; pods += r.Pods;
    if (r.Violations.Length > 0)
    {
        if (args.Length > 3) foreach (var l in r.History) Console.WriteLine(l);
        Console.WriteLine($"seed {seed} after {r.Steps}: {r.Violations[0].Kind}: {r.Violations[0].Text}");
    }
    if (args[1] == "1") { Console.WriteLine(r); foreach (var f in r.Faults.All) Console.Write(f + " "); foreach (var f in r.Refusals.All) Console.Write(f + " "); }
}
Console.WriteLine($"{completed} of {pods} in {clock.Elapsed.TotalSeconds:0.0} s: {completed / clock.Elapsed.TotalSeconds:0}/s");
