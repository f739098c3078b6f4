using Terway.Datapath.Internal;

namespace Terway.Datapath.Tests;

public class HostVethNameTests
{
    [Theory]
    [InlineData("default", "client-b6989bf87-2bgtc", "", "calic95a4947e07")]
    [InlineData("default", "web-0", "eth0", "cali0d7763386da")]
    [InlineData("default", "web-0", "eth1", "cali3a5a323e811")]
    public void Names_are_those_that_Felix_computes(string podNamespace, string pod, string ifName, string expected) =>
        HostVethName.For(podNamespace, pod, ifName).Should().Be(expected);

    [Fact]
    public void Eth0_and_no_interface_are_the_same() =>
        HostVethName.For("default", "web-0", "").Should().Be(HostVethName.For("default", "web-0", "eth0"));

    [Fact]
    public void Mac_addresses_are_locally_administered_stations_and_differ_at_the_two_ends()
    {
        for (var i = 0; i < 500; i++)
        {
            var (_, host, pod) = HostVethName.PairFor("default", $"web-{i}", "eth0");

            var first = Convert.ToByte(host.ToString()[..2], 16);
            (first & 0x03).Should().Be(0x02);
            pod.IsMulticast.Should().BeFalse();
            pod.Should().NotBe(host);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Hash_is_sha1_at_every_padding(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);

#pragma warning disable CA5350 // the platform's SHA-1 is the oracle here
        var expected = System.Security.Cryptography.SHA1.HashData(data);
#pragma warning restore CA5350

        Sha1.HashData(data).Should().Equal(expected);
    }
}
