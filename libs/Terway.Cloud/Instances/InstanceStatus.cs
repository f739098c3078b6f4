namespace Terway.Cloud;

/// <summary>The state of an ECS instance.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
/// <remarks>An open set: the cloud may answer a text that is not among the known members.</remarks>
public readonly record struct InstanceStatus(string Value)
{
    /// <summary>Being made.</summary>
    public static InstanceStatus Pending => new("Pending");

    /// <summary>Booting.</summary>
    public static InstanceStatus Starting => new("Starting");

    /// <summary>Running: ENIs may be attached.</summary>
    public static InstanceStatus Running => new("Running");

    /// <summary>Shutting down.</summary>
    public static InstanceStatus Stopping => new("Stopping");

    /// <summary>Stopped: ENIs may be attached.</summary>
    public static InstanceStatus Stopped => new("Stopped");

    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
