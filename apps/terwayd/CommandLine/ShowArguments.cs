namespace Terwayd.CommandLine;

/// <summary>What the command line says about showing.</summary>
internal sealed record ShowArguments(ShowSubject Subject, ShowOutput Output, string SocketPath);
