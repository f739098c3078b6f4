namespace Terway.Cloud;

/// <summary>What an ENI is to its instance.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
/// <remarks>An open set: the cloud may answer a text that is not among the known members.</remarks>
public readonly record struct EniType(string Value)
{
    /// <summary>Made with the instance; cannot be detached or deleted.</summary>
    public static EniType Primary => new("Primary");

    /// <summary>An ordinary ENI, attached and detached at will.</summary>
    public static EniType Secondary => new("Secondary");

    /// <summary>Carries member ENIs as VLANs.</summary>
    public static EniType Trunk => new("Trunk");

    /// <summary>Attached to a trunk ENI; its device index is the VLAN id.</summary>
    public static EniType Member => new("Member");

    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
