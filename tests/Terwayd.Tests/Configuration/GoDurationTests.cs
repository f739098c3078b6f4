using Terwayd.Configuration;

namespace Terwayd.Tests.Configuration;

public class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("300ms", 0.3)]
    [InlineData("1.5h", 5400)]
    [InlineData("1h15m30.5s", 4530.5)]
    [InlineData("-10m", -600)]
    [InlineData("+5s", 5)]
    [InlineData("250us", 0.00025)]
    [InlineData("250µs", 0.00025)]
    [InlineData("1000000ns", 0.001)]
    [InlineData(".5s", 0.5)]
    public void A_duration_in_Gos_notation_is_read(string text, double seconds)
    {
        GoDuration.TryParse(text, out var duration).Should().BeTrue();

        duration.Should().Be(TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("1 s")]
    [InlineData("1.2.3s")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("99999999999999999999h")]
    [InlineData("999999999999999h")]
    public void What_Go_would_refuse_is_refused(string text) =>
        GoDuration.TryParse(text, out _).Should().BeFalse();
}
