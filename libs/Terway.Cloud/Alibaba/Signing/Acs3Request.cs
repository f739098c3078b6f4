namespace Terway.Cloud.Alibaba;

/// <summary>The parts of a request that are signed.</summary>
internal sealed record Acs3Request(
    string Method,
    string Path,
    IReadOnlyCollection<KeyValuePair<string, string>> Query,
    IReadOnlyCollection<KeyValuePair<string, string>> Headers,
    string PayloadHash);

/// <summary>A signature and what it was made of.</summary>
internal sealed record Acs3Signature(string CanonicalHash, string SignedHeaders, string Signature, string Authorization);
