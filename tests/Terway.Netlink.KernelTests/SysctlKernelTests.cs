namespace Terway.Netlink.KernelTests;

public sealed class SysctlKernelTests : IDisposable
{
    private readonly KernelNamespace _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Settings_are_those_of_the_namespace()
    {
        _host.AddVeth("v.0", "v1");
        SysctlSetting[] settings =
        [
            new(SysctlKey.IPv4Conf("v.0", "forwarding"), "1"),
            new(SysctlKey.IPv4Conf("gone", "forwarding"), "1"),
            new(SysctlKey.IPv6Conf("v1", "accept_ra"), "0"),
        ];

        var first = Sysctl.Ensure(_host.Namespace, settings);
        var second = Sysctl.Ensure(_host.Namespace, settings);

        first.Should().Equal(SysctlOutcome.Changed, SysctlOutcome.Absent, SysctlOutcome.Changed);
        second.Should().Equal(SysctlOutcome.Unchanged, SysctlOutcome.Absent, SysctlOutcome.Unchanged);
        Sysctl.Read(_host.Namespace, [settings[0].Key, settings[1].Key]).Should().Equal("1", null);
        _host.Execute("cat", "/proc/sys/net/ipv4/conf/v.0/forwarding").Trim().Should().Be("1");
        Sysctl.Read(settings[0].Key).Should().BeNull("the calling thread is in another namespace");
    }

    [Fact]
    public void Refused_value_is_an_error_that_says_so()
    {
        var write = () => _host.Namespace.Run(() => Sysctl.Write(SysctlKey.Parse("net.ipv4.ip_forward"), "many"));

        write.Should().Throw<NetlinkException>().WithMessage("write sysctl net/ipv4/ip_forward = many: Invalid argument");
    }

    [Fact]
    public void Missing_setting_is_not_found()
    {
        var write = () => Sysctl.Write(SysctlKey.Parse("net.ipv4.no_such_setting"), "1");

        write.Should().Throw<NetlinkException>().Which.IsNotFound.Should().BeTrue();
    }
}
