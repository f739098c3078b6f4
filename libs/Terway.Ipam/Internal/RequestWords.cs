namespace Terway.Ipam.Internal;

/// <summary>What a history says of requests.</summary>
internal static class RequestWords
{
    public const string Waits = "the request waits: nothing is ready for it";
    public const string Failed = "the request failed";
    public const string Cancelled = "the caller gave the request up";
}
