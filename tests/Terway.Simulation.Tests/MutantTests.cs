using System.Text.RegularExpressions;

namespace Terway.Simulation.Tests;

/// <summary>The patches that <c>./build.sh mutants</c> applies, looked at without building them.</summary>
public sealed partial class MutantTests
{
    public static TheoryData<string> Names() => [.. Directory.EnumerateFiles(Path.Combine(Root, "sim", "mutants"), "*.patch").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [Fact]
    public void There_are_at_least_fifteen() => Names().Count.Should().BeGreaterThanOrEqualTo(15);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_patch_says_what_it_breaks_and_when_that_must_be_noticed(string name)
    {
        var text = File.ReadAllText(PathOf(name));

        text.Should().MatchRegex("^What: .+\\.\n");
        FaultProfile.ByName.Keys.Should().Contain(Head(text, "Faults"));
        int.Parse(Head(text, "Lifecycles")).Should().BePositive();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_patch_still_fits_the_sources(string name)
    {
        var text = File.ReadAllText(PathOf(name));
        var source = File.ReadAllText(Path.Combine(Root, Target().Match(text).Groups["path"].Value));

        foreach (var hunk in text.Split("\n@@ ")[1..])
        {
            var before = hunk[(hunk.IndexOf('\n', StringComparison.Ordinal) + 1)..].Split('\n').Where(l => l.StartsWith(' ') || l.StartsWith('-')).Select(l => l[1..]);
            source.Should().Contain(string.Join('\n', before), "the mutant cannot be made otherwise");
        }
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Terway.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("Run the tests from inside the repository.");
            return folder.FullName;
        }
    }

    private static string PathOf(string name) => Path.Combine(Root, "sim", "mutants", name + ".patch");

    private static string Head(string text, string key) =>
        text.Split('\n').First(l => l.StartsWith(key + ": ", StringComparison.Ordinal))[(key.Length + 2)..];

    [GeneratedRegex(@"^\+\+\+ b/(?<path>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Target();
}
