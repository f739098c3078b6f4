using Terway.Cni.Daemon;

namespace Terwayd.CommandLine;

/// <summary>What the command line says about showing.</summary>
/// <param name="Subject">What is shown; <see langword="null"/> is everything.</param>
/// <param name="Output">How it is shown.</param>
/// <param name="SocketPath">The daemon's socket.</param>
/// <param name="Name">Which address, ENI or pod, where the subject is one of them.</param>
internal sealed record ShowArguments(ShowSubject? Subject, ShowOutput Output, string SocketPath, string? Name = null);
