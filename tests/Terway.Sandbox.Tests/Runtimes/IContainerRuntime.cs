using Terway.Sandbox.Machine;

namespace Terway.Sandbox.Tests.Runtimes;

/// <summary>A real container runtime inside a node, as far as the tests drive it.</summary>
internal interface IContainerRuntime : IAsyncDisposable
{
    /// <summary>Starts a container on the node's CNI network.</summary>
    Task RunAsync(string container, params string[] command);

    Task<CommandResult> ExecAsync(string container, params string[] command);

    /// <summary>Kills and removes a container with its network.</summary>
    Task DeleteAsync(string container);
}
