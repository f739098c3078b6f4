using Terway.Cloud.Testing;

namespace Terway.Cloud.Tests.Emulator;

public class FaultRuleJsonTests
{
    public static TheoryData<string> Kinds() => [.. FaultRuleJson.FaultKinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_reads_as_itself(string kind)
    {
        var rule = FaultRuleJson.Read($$"""{"fault":"{{kind}}","seconds":2.5,"status":503,"code":"Some.Code","action":"Describe*","about":"eni-x","skip":1,"times":2,"share":0.5,"forSeconds":60,"note":"n"}""").Single();

        rule.Fault.Kind.Should().Be(kind);
        (rule with { Fault = EmulatedFault.Throttle }).Should().Be(new FaultRule
        {
            Fault = EmulatedFault.Throttle,
            Action = "Describe*",
            About = "eni-x",
            Skip = 1,
            Times = 2,
            Share = 0.5,
            For = TimeSpan.FromMinutes(1),
            Note = "n",
        });
        (rule.Fault.Time ?? TimeSpan.FromSeconds(2.5)).Should().Be(TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void Document_names_every_kind()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Terway.sln")))
            folder = Path.GetDirectoryName(folder)!;
        var document = File.ReadAllText(Path.Combine(folder, "docs", "emulator.md"));

        FaultRuleJson.FaultKinds.Should().OnlyContain(kind => document.Contains($"`{kind}`"));
    }
}
