using System.Text;
using Terway.Cloud.Alibaba;
using Terwayd.Configuration;

namespace Terwayd.Tests.Configuration;

public sealed class BackoffOverrideTests
{
    [Fact]
    public void A_row_is_replaced_as_a_whole_in_nanoseconds()
    {
        var (configuration, warnings) = Read("""
            {"backoff_override": {"eni_create": {"InitialDelay": 0, "Duration": 2000000000, "Factor": 1.5, "Jitter": 0.1, "Steps": 5, "Cap": 4500000000},
                                  "": {"Steps": 1}}}
            """);

        warnings.Should().BeEmpty();
        configuration.Backoff["eni_create"].Should().Be(new BackoffSchedule
        {
            Delay = TimeSpan.FromSeconds(2),
            Factor = 1.5,
            Jitter = 0.1,
            Attempts = 5,
            Cap = TimeSpan.FromSeconds(4.5),
        });
        configuration.Backoff[""].Should().Be(new BackoffSchedule { Attempts = 1 });
        configuration.Backoff["eni_ip_ops"].Should().Be(BackoffTable.Default["eni_ip_ops"]);
    }

    [Fact]
    public void A_name_that_rules_no_call_is_warned_about()
    {
        var (configuration, warnings) = Read("""{"backoff_override": {"wait_eni_status": {"Duration": 1000000000, "Steps": 3}}}""");

        warnings.Should().ContainSingle().Which.Should().StartWith("backoff_override.wait_eni_status: has no effect").And.Contain("eni_create");
        configuration.Backoff.Should().BeSameAs(BackoffTable.Default);
    }

    [Theory]
    [InlineData("""{"eni_create": {"Steps": 0}}""", "backoff_override.eni_create: the attempts are 0")]
    [InlineData("""{"eni_create": {"Steps": 3, "Factor": 0.5}}""", "the factor is 0.5")]
    [InlineData("""{"eni_create": {"Steps": 3, "duration": 5}}""", "\"duration\" is no field of it")]
    [InlineData("""{"eni_create": {"Steps": "3"}}""", "backoff_override.eni_create.Steps: \"3\" is a string, expected a number")]
    [InlineData("""{"eni_create": {"Steps": 3, "Duration": -1}}""", "backoff_override.eni_create.Duration")]
    [InlineData("""{"eni_create": 3}""", "backoff_override.eni_create: 3 is a number")]
    [InlineData("""[]""", "backoff_override: [] is a list")]
    public void What_is_wrong_is_named(string value, string error)
    {
        var act = () => Read($$"""{"backoff_override": {{value}}}""");

        act.Should().Throw<TerwaydException>().Which.Message.Should().Contain(error);
    }

    private static (EniConfiguration Configuration, IReadOnlyList<string> Warnings) Read(string content) =>
        EniConfigurationReader.Read(Encoding.UTF8.GetBytes(content), "eni_conf");
}
