namespace Terway.Policy;

/// <summary>The directions that a policy governs, seen from the pod.</summary>
[Flags]
public enum PolicyDirections
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>What comes to the pod.</summary>
    Ingress = 1,

    /// <summary>What leaves the pod.</summary>
    Egress = 2,

    /// <summary>Both.</summary>
    Both = Ingress | Egress,
}
