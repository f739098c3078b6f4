namespace Terway.Sandbox.Pods;

/// <summary>A plugin said no, in the CNI specification's form.</summary>
internal sealed class CniException(string command, string plugin, uint code, string message, string? details)
    : Exception($"{plugin} {command} failed with code {code}: {message}{(string.IsNullOrEmpty(details) ? "" : $" ({details})")}")
{
    public string Command { get; } = command;

    public string Plugin { get; } = plugin;

    public uint Code { get; } = code;

    public string? Details { get; } = details;
}
