namespace Terway.Cloud;

/// <summary>The name of an instance type, such as <c>ecs.g7.xlarge</c>.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
public readonly record struct InstanceTypeId(string Value)
{
    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
