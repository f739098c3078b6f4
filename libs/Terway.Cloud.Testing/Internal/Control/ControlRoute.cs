using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Terway.Cloud.Testing.Internal;

/// <summary>One thing that the control endpoint takes. A part of the path in braces stands for any text without a slash.</summary>
internal sealed record ControlRoute(string Method, string Path, string What, Func<ControlRequest, Task<JsonNode>> RunAsync)
{
    /// <summary>The texts that stand for the parts in braces; null when the path is another.</summary>
    internal string[]? Match(string path)
    {
        var wanted = Path.Split('/');
        var given = path.Split('/');
        if (wanted.Length != given.Length)
            return null;
        var parts = new List<string>();
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].StartsWith('{'))
                parts.Add(Uri.UnescapeDataString(given[i]));
            else if (wanted[i] != given[i])
                return null;
        }
        return [.. parts];
    }
}

/// <summary>A control request: the parts of its path, its query and its body.</summary>
internal sealed record ControlRequest(string[] Parts, IQueryCollection Query, JsonElement Body);
