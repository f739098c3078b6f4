using Terwayd.Contract;

namespace Terwayd.Tests.Contract;

public class PodGateTests
{
    [Fact]
    public void A_second_request_for_a_pod_is_refused_until_the_first_leaves()
    {
        var gate = new PodGate();
        var first = gate.TryEnter("default/web-0");

        gate.TryEnter("default/web-0").Should().BeNull();
        gate.TryEnter("default/web-1").Should().NotBeNull();
        first!.Dispose();

        gate.TryEnter("default/web-0").Should().NotBeNull();
    }
}
