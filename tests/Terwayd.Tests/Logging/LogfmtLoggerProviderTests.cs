using Microsoft.Extensions.Logging;
using Terwayd.Logging;

namespace Terwayd.Tests.Logging;

public class LogfmtLoggerProviderTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void A_record_is_one_line_with_its_scope_its_values_and_its_message()
    {
        using var factory = Factory();
        var logger = factory.CreateLogger("terwayd.contract");

        using (logger.BeginScope(new Dictionary<string, object?> { ["RequestId"] = "r-1" }))
            logger.Log(LogLevel.Information, new EventId(2001, "PodAllocated"), "Pod {PodKey} got {Address}", "default/web 0", "10.0.0.5");

        _output.ToString().Should().Be(
            "time=2030-01-01T00:00:00.000Z level=info source=terwayd.contract event=2001 name=PodAllocated RequestId=r-1 " +
            "PodKey=\"default/web 0\" Address=10.0.0.5 msg=\"Pod default/web 0 got 10.0.0.5\"\n");
    }

    [Theory]
    [InlineData("two\nlines", "msg=\"two\\nlines\"")]
    [InlineData("a \"quote\"", "msg=\"a \\\"quote\\\"\"")]
    [InlineData("back\\slash", "msg=\"back\\\\slash\"")]
    [InlineData("bell\a", "msg=\"bell\\u0007\"")]
    [InlineData("", "msg=\"\"")]
    [InlineData("plain", "msg=plain")]
    public void Whatever_a_message_carries_the_line_stays_one_line(string message, string expected)
    {
        using var factory = Factory();

        factory.CreateLogger("x").Log(LogLevel.Warning, default, message, null, (m, _) => m);

        _output.ToString().Should().EndWith($" {expected}\n").And.Match(line => line.Count(c => c == '\n') == 1);
    }

    [Fact]
    public void An_exception_is_told_with_its_causes()
    {
        using var factory = Factory();

        factory.CreateLogger("x").LogError(new InvalidOperationException("outer", new IOException("inner")), "failed");

        _output.ToString().Should().Contain("error=\"InvalidOperationException: outer <- IOException: inner\"");
    }

    private ILoggerFactory Factory() => LoggerFactory.Create(b => b.AddProvider(new LogfmtLoggerProvider(_output, new FakeTimeProvider())));
}
