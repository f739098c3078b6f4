namespace Terway.Cloud.Alibaba;

/// <summary>Reads the bodies of the metadata service.</summary>
internal static class MetadataText
{
    /// <summary>A scalar: the first line, without slashes around it.</summary>
    internal static string Scalar(string body) => body.Split('\n', 2)[0].Trim().Trim('/');

    /// <summary>The lines of a directory, without the slash at their end; empty lines do not count.</summary>
    internal static IEnumerable<string> Lines(string body) =>
        body.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim('/')).Where(l => l.Length > 0);

    /// <summary>A list in any of the service's forms: a JSON array of texts, texts in brackets without quotes, or lines.</summary>
    internal static IEnumerable<string> List(string? body) =>
        (body ?? "").Trim().TrimStart('[').TrimEnd(']')
            .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(item => item.Trim('"'))
            .Where(item => item.Length > 0);
}
