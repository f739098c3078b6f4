using System.Reflection;
using Microsoft.Extensions.Logging;
using Terway.Cloud;
using Terway.Ipam;

namespace Terwayd.Tests.Logging;

/// <summary>docs/events.md is complete, and no number means two things.</summary>
public class EventsDocumentTests
{
    private static readonly Assembly[] Assemblies = [typeof(TerwaydException).Assembly, typeof(EniPool).Assembly, typeof(IEniApi).Assembly];

    [Fact]
    public void Every_event_has_its_line()
    {
        var document = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "events.md"));

        foreach (var (method, attribute) in Events())
            document.Should().Contain(l => l.StartsWith($"| {attribute.EventId} | {method.Name} | {Word(attribute.Level)} |", StringComparison.Ordinal), method.Name);
    }

    [Fact]
    public void No_number_is_used_twice() => Events().Select(e => e.Attribute.EventId).Should().OnlyHaveUniqueItems();

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Attribute)> Events() =>
        from assembly in Assemblies
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        select (method, attribute);

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "fatal",
        _ => "trace",
    };
}
