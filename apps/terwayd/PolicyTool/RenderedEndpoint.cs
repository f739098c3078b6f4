namespace Terwayd.PolicyTool;

/// <summary>A pod to render, and the name of its link where it is not the one that follows from the pod's name.</summary>
internal sealed record RenderedEndpoint(string Pod, string? Interface)
{
    internal static RenderedEndpoint Parse(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? new(text[..at], text[(at + 1)..]) : new(text, null);
}
