namespace Terway.Ipam;

/// <summary>Which ENI serves a pod, and grows, first.</summary>
public enum EniSelection
{
    /// <summary>The ENI with the most addresses: few ENIs, and empty ones can be given back.</summary>
    MostIps,

    /// <summary>The ENI with the fewest addresses: the pods' traffic is spread.</summary>
    LeastIps,
}
