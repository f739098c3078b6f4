namespace Terway.Cloud.Alibaba;

/// <summary>The credentials of an instance role, from the metadata service. A class: a record would print its secrets.</summary>
internal sealed class WireRoleCredential
{
    public string? Code { get; init; }

    public string? AccessKeyId { get; init; }

    public string? AccessKeySecret { get; init; }

    public string? SecurityToken { get; init; }

    public string? Expiration { get; init; }
}

/// <summary>The answer of AssumeRoleWithOIDC. A class: a record would print its secrets.</summary>
internal sealed class WireAssumedRole : IWireAnswer
{
    public string? RequestId { get; init; }

    public WireRoleCredential? Credentials { get; init; }
}
