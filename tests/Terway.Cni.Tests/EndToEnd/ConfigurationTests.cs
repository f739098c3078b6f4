using Terway.Cni.Daemon;
using Terway.Cni.Tests.Spec;
using Terway.CniPlugin;

namespace Terway.Cni.Tests.EndToEnd;

public sealed class ConfigurationTests
{
    [Fact]
    public void Absent_keys_have_their_defaults()
    {
        TerwayConfiguration configuration = TerwayConfigurationReader.Read(Read(""));

        configuration.Should().BeEquivalentTo(new TerwayConfiguration
        {
            Mtu = 0,
            Debug = false,
            DaemonSocket = DaemonContract.DefaultSocketPath,
            PendingFolder = DaemonContract.DefaultPendingFolder,
        });
        configuration.DaemonSocket.Should().Be("/var/run/eni/eni.socket");
    }

    [Fact]
    public void Stated_keys_are_read()
    {
        TerwayConfiguration configuration = TerwayConfigurationReader.Read(
            Read(""","mtu":1400,"debug":true,"daemon_socket":"/a","pending_folder":"/b","eniip_virtual_type":"ipvlan" """));

        configuration.Should().BeEquivalentTo(new TerwayConfiguration { Mtu = 1400, Debug = true, DaemonSocket = "/a", PendingFolder = "/b" });
    }

    [Theory]
    [InlineData(""","daemon_socket":"eni.socket" """, CniErrorCode.InvalidConfiguration, "daemon_socket")]
    [InlineData(""","pending_folder":"" """, CniErrorCode.InvalidConfiguration, "pending_folder")]
    [InlineData(""","daemon_socket":7""", CniErrorCode.DecodingFailure, "daemon_socket")]
    [InlineData(""","mtu":1e9""", CniErrorCode.DecodingFailure, "mtu")]
    [InlineData(""","mtu":[1500]""", CniErrorCode.DecodingFailure, "mtu")]
    public void Unacceptable_key_is_named(string extra, CniErrorCode code, string key)
    {
        NetworkConfiguration network = Read(extra);

        Action read = () => TerwayConfigurationReader.Read(network);

        read.Should().Throw<CniException>().Where(e => e.Code == code && e.Message.Contains(key));
        TerwayConfigurationReader.ReadOrDefault(network).DaemonSocket.Should().Be(DaemonContract.DefaultSocketPath);
    }

    private static NetworkConfiguration Read(string extra)
    {
        var plugin = new RecordingPlugin();
        new Spec.Invocation(plugin) { Stdin = $$"""{"cniVersion":"1.0.0","name":"net"{{extra}}}""" }.Run("ADD").Should().Be(0);
        return plugin.Request.Configuration;
    }
}
