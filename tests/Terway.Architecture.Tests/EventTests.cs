using System.Globalization;
using System.Text.RegularExpressions;

namespace Terway.Architecture;

/// <summary>An event's number means one thing, and docs/events.md says what.</summary>
public sealed partial class EventTests
{
    [Fact]
    public void Every_event_has_a_number_of_its_own()
    {
        Declared().GroupBy(e => e.Number).Where(g => g.Count() > 1).Select(g => string.Join(", ", g)).Should().BeEmpty();
    }

    [Fact]
    public void The_list_of_events_is_the_one_of_the_source()
    {
        string list = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));

        IEnumerable<Event> listed = Row().Matches(list).Select(m => Of(m, m.Groups["level"].Value));

        listed.Should().BeEquivalentTo(Declared());
    }

    private static List<Event> Declared() =>
    [
        .. ((string[])["libs", "apps"])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "Log.cs", SearchOption.AllDirectories))
            .SelectMany(file => Declaration().Matches(File.ReadAllText(file)))
            .Select(m => Of(m, Level(m.Groups["level"].Value))),
    ];

    private static Event Of(Match match, string level) =>
        new(int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), match.Groups["name"].Value, level);

    private static string Level(string level) => level switch
    {
        "Information" => "info",
        "Warning" => "warn",
        "Critical" => "fatal",
        _ => level.ToLowerInvariant(),
    };

    [GeneratedRegex(@"LoggerMessage\((?<number>\d+), LogLevel\.(?<level>\w+),.*?\bvoid (?<name>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\| (?<number>\d+) \| (?<name>\w+) \| (?<level>\w+) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Row();

    private sealed record Event(int Number, string Name, string Level);
}
