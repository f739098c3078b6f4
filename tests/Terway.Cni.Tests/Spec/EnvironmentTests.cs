namespace Terway.Cni.Tests.Spec;

public sealed class EnvironmentTests
{
    private readonly RecordingPlugin _plugin = new();

    [Fact]
    public void Without_a_command_the_plugin_explains_itself_on_stderr()
    {
        var invocation = new Invocation(_plugin);
        invocation.Environment.Remove("CNI_COMMAND");

        invocation.Run().Should().Be(0);

        invocation.Stdout.Should().BeEmpty();
        invocation.Stderr.Should().Contain(_plugin.About).And.Contain("0.3.0, 0.3.1, 0.4.0, 1.0.0, 1.1.0");
    }

    [Theory]
    [InlineData("add")]
    [InlineData("ADD ")]
    [InlineData("DESTROY")]
    [InlineData("\u001b[2J")]
    public void Unknown_command_is_named_without_its_control_characters(string command)
    {
        var invocation = new Invocation(_plugin);

        invocation.Run(command).Should().Be(1);

        invocation.Code.Should().Be(4);
        invocation.Message.Should().StartWith("unknown CNI_COMMAND").And.NotContain("\u001b");
    }

    [Theory]
    [InlineData("ADD", "CNI_CONTAINERID", true)]
    [InlineData("ADD", "CNI_NETNS", true)]
    [InlineData("ADD", "CNI_IFNAME", true)]
    [InlineData("ADD", "CNI_PATH", true)]
    [InlineData("ADD", "CNI_ARGS", false)]
    [InlineData("CHECK", "CNI_CONTAINERID", true)]
    [InlineData("CHECK", "CNI_NETNS", true)]
    [InlineData("CHECK", "CNI_IFNAME", true)]
    [InlineData("DEL", "CNI_CONTAINERID", true)]
    [InlineData("DEL", "CNI_NETNS", false)]
    [InlineData("DEL", "CNI_IFNAME", true)]
    [InlineData("GC", "CNI_PATH", true)]
    [InlineData("GC", "CNI_CONTAINERID", false)]
    [InlineData("GC", "CNI_NETNS", false)]
    [InlineData("GC", "CNI_IFNAME", false)]
    [InlineData("STATUS", "CNI_CONTAINERID", false)]
    [InlineData("STATUS", "CNI_NETNS", false)]
    [InlineData("STATUS", "CNI_IFNAME", false)]
    [InlineData("STATUS", "CNI_PATH", false)]
    public void Each_command_needs_its_variables_and_no_others(string command, string variable, bool needed)
    {
        var missing = new Invocation(_plugin);
        missing.Environment.Remove(variable);
        var empty = new Invocation(_plugin);
        empty.Environment[variable] = "";

        int[] exits = [missing.Run(command), empty.Run(command)];

        exits.Should().Equal(needed ? [1, 1] : [0, 0]);
        if (needed)
            foreach (Invocation invocation in new[] { missing, empty })
            {
                invocation.Code.Should().Be(4);
                invocation.Message.Should().Contain($"{variable} is missing");
            }
    }

    [Fact]
    public void All_problems_of_the_environment_are_told_at_once()
    {
        var invocation = new Invocation(_plugin);
        invocation.Environment.Remove("CNI_PATH");
        invocation.Environment["CNI_CONTAINERID"] = "../x";
        invocation.Environment["CNI_IFNAME"] = "a/b";
        invocation.Environment["CNI_NETNS"] = "relative";

        invocation.Run("ADD").Should().Be(1);

        invocation.Message.Should().Contain("CNI_PATH").And.Contain("CNI_CONTAINERID").And.Contain("CNI_IFNAME").And.Contain("CNI_NETNS");
    }

    [Theory]
    [InlineData("CNI_CONTAINERID", "../../etc/passwd")]
    [InlineData("CNI_CONTAINERID", "a/b")]
    [InlineData("CNI_CONTAINERID", ".hidden")]
    [InlineData("CNI_CONTAINERID", "-rf")]
    [InlineData("CNI_CONTAINERID", "a b")]
    [InlineData("CNI_CONTAINERID", "a\nb")]
    [InlineData("CNI_CONTAINERID", "ünïcode")]
    [InlineData("CNI_IFNAME", ".")]
    [InlineData("CNI_IFNAME", "..")]
    [InlineData("CNI_IFNAME", "a/b")]
    [InlineData("CNI_IFNAME", "../../x")]
    [InlineData("CNI_IFNAME", "eth0:1")]
    [InlineData("CNI_IFNAME", "eth 0")]
    [InlineData("CNI_IFNAME", "eth0\t")]
    [InlineData("CNI_IFNAME", "sixteen-letters-")]
    [InlineData("CNI_IFNAME", "lo")]
    [InlineData("CNI_IFNAME", "all")]
    [InlineData("CNI_IFNAME", "default")]
    [InlineData("CNI_IFNAME", "éth0")]
    [InlineData("CNI_NETNS", "var/run/netns/x")]
    [InlineData("CNI_NETNS", "/var/run/netns/../../../proc/1/ns/net")]
    [InlineData("CNI_NETNS", "/proc/1/ns/net/..")]
    [InlineData("CNI_NETNS", "/var/run/netns/\u0001")]
    public void Hostile_value_is_refused_before_the_plugin_sees_it(string variable, string value)
    {
        foreach (string command in new[] { "ADD", "DEL", "CHECK" })
        {
            var invocation = new Invocation(_plugin);
            invocation.Environment[variable] = value;

            invocation.Run(command).Should().Be(1);

            invocation.Code.Should().Be(4);
            invocation.Message.Should().Contain(variable);
            invocation.Message.Should().NotMatchRegex(@"[\x00-\x1f]");
        }

        _plugin.Requests.Should().BeEmpty();
    }

    [Fact]
    public void Endless_value_is_refused_and_shown_shortened()
    {
        var invocation = new Invocation(_plugin);
        invocation.Environment["CNI_CONTAINERID"] = new string('a', 100_000);

        invocation.Run("ADD").Should().Be(1);

        invocation.Code.Should().Be(4);
        invocation.Message.Length.Should().BeLessThan(400);
    }

    [Theory]
    [InlineData("eth0")]
    [InlineData("net-1.2_x")]
    [InlineData("fifteen-letters")]
    public void Ordinary_interface_name_is_accepted(string name)
    {
        var invocation = new Invocation(_plugin);
        invocation.Environment["CNI_IFNAME"] = name;

        invocation.Run("ADD").Should().Be(0);

        _plugin.Request.IfName.Should().Be(name);
    }
}
