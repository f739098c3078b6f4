namespace Terway.Cloud;

/// <summary>Where an ENI stands between create, attach, detach and delete.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
/// <remarks>An open set: the cloud may answer a text that is not among the known members.</remarks>
public readonly record struct EniStatus(string Value)
{
    /// <summary>Exists and is attached to nothing: may be attached or deleted.</summary>
    public static EniStatus Available => new("Available");

    /// <summary>An attach was accepted and is not complete.</summary>
    public static EniStatus Attaching => new("Attaching");

    /// <summary>Attached to an instance.</summary>
    public static EniStatus InUse => new("InUse");

    /// <summary>A detach was accepted and is not complete; may hang when the guest does not answer.</summary>
    public static EniStatus Detaching => new("Detaching");

    /// <summary>A delete was accepted; the ENI will not be found any more.</summary>
    public static EniStatus Deleting => new("Deleting");

    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
