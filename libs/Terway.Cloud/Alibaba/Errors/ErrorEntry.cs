namespace Terway.Cloud.Alibaba;

/// <summary>What an error code means to a caller.</summary>
internal sealed record ErrorEntry(CloudErrorKind Kind, CloudQuota? Quota = null, string? Hint = null);
