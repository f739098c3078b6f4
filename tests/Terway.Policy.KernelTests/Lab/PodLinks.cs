namespace Terway.Policy.KernelTests;

/// <summary>The names of pods' links, as the calculation gives them.</summary>
internal static class PodLinks
{
    public static string NameOf(string podNamespace, string name)
    {
        PolicyCalculator calculator = new("here");
        calculator.Apply(new Pod { Name = name, Namespace = podNamespace, Node = "here", Addresses = [System.Net.IPAddress.Loopback] });
        return calculator.Flush().OfType<EndpointUpdated>().Single().Endpoint.InterfaceName;
    }
}
