using System.Text.Json;

namespace Terway.Cni.Tests.EndToEnd;

/// <summary>What one invocation left: its exit code and its streams.</summary>
internal sealed record PluginRun(int Exit, string Stdout, string Stderr)
{
    public JsonElement Answer => JsonDocument.Parse(Stdout).RootElement;

    public int Code => Answer.GetProperty("code").GetInt32();

    public string Message => Answer.GetProperty("msg").GetString()!;

    public string Details => Answer.GetProperty("details").GetString()!;

    public PluginRun ShouldSucceed()
    {
        Exit.Should().Be(0, "{0}{1}", Stdout, Stderr);
        return this;
    }

    public PluginRun ShouldFail(int code, string reason)
    {
        Exit.Should().Be(1, "{0}{1}", Stdout, Stderr);
        Code.Should().Be(code, Stdout);
        Details.Should().Contain($"reason: {reason}");
        return this;
    }
}
