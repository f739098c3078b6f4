using System.Net;
using Terway.Sandbox.Nodes;

namespace Terway.Sandbox.Tests.Nodes;

public sealed class DaemonAccountTests
{
    [Fact]
    public void Held_addresses_are_those_of_the_pods()
    {
        const string pods = """[{"namespace": "a", "name": "b", "iPv4": "10.0.1.5", "eni": "eni-1"}, {"namespace": "a", "name": "c", "iPv4": "10.0.1.6", "iPv6": "fd00::1"}]""";

        DaemonAccount.Held(pods).Should().Equal(IPAddress.Parse("10.0.1.5"), IPAddress.Parse("10.0.1.6"), IPAddress.Parse("fd00::1"));
        DaemonAccount.Held("[]").Should().BeEmpty();
    }

    [Fact]
    public void An_ENIs_addresses_come_with_state_and_rest()
    {
        const string enis = """[{"id": "eni-1", "state": "inUse", "addresses": [{"address": "10.0.1.5", "state": "leased", "primary": true}, {"address": "10.0.1.6", "state": "resting", "primary": false, "restsUntil": "2026-11-24T14:00:00+00:00"}]}]""";

        DaemonAccount.Addresses(enis).Should().Equal(
            new AddressAccount(IPAddress.Parse("10.0.1.5"), "leased", "inUse", null),
            new AddressAccount(IPAddress.Parse("10.0.1.6"), "resting", "inUse", new DateTimeOffset(2026, 11, 24, 14, 0, 0, TimeSpan.Zero)));
    }
}
