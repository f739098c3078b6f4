namespace Terway.Cni.Tests.EndToEnd;

/// <summary>What stands behind us in the conflist must understand our result.</summary>
public sealed class ChainedPluginTests
{
    [Theory]
    [InlineData("0.4.0")]
    [InlineData("1.0.0")]
    public async Task Portmap_forwards_a_host_port_to_the_pod_of_our_result(string version)
    {
        await using var fixture = new PluginFixture(nativePath: null) { Version = version };
        string netns = fixture.Lab.CreatePod();
        PluginRun add = fixture.Run("ADD", netns).ShouldSucceed();
        string configuration =
            $$"""{"cniVersion":"{{version}}","name":"net","type":"portmap","runtimeConfig":{"portMappings":[{"hostPort":8080,"containerPort":80,"protocol":"tcp"}]},"prevResult":{{add.Stdout}}}""";

        PluginRun run = new PluginHost(fixture.Lab, "/usr/lib/cni/portmap").Run(EnvironmentWithPath("ADD", netns), configuration);

        run.ShouldSucceed();
        fixture.Lab.Run(() => Shell.Run("iptables", "-t", "nat", "-S")).Should().Contain("10.0.3.11:80");
        fixture.Lab.Run(() => new PluginHost(fixture.Lab, "/usr/lib/cni/portmap").Run(EnvironmentWithPath("DEL", netns), configuration)).ShouldSucceed();
    }

    private static Dictionary<string, string> EnvironmentWithPath(string command, string netns)
    {
        Dictionary<string, string> environment = PluginFixture.Environment(command, netns);
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH")!;
        return environment;
    }
}
