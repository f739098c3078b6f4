namespace Terway.Cloud;

/// <summary>One tag of a resource.</summary>
/// <param name="Key">Up to 128 characters; does not start with <c>aliyun</c> or <c>acs:</c>.</param>
/// <param name="Value">Up to 128 characters; may be empty.</param>
public readonly record struct ResourceTag(string Key, string Value)
{
    /// <summary><c>key=value</c>.</summary>
    public override string ToString() => $"{Key}={Value}";
}
