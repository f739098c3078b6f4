namespace Terway.Policy.Dataplane.Nftables.Internal;

/// <summary>What parts of a table are called in reports.</summary>
internal static class Subjects
{
    internal const string Table = "table";

    internal static string Set(string name) => $"set {name}";

    internal static string Chain(string name) => $"chain {name}";

    internal static string Link(string name) => $"link {name}";
}
