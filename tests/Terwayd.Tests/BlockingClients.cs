using System.Runtime.CompilerServices;

namespace Terwayd.Tests;

/// <summary>
/// The contract's client blocks its thread, as it should in a plugin; here clients and daemons share one thread pool, which must not
/// wait with new threads until those blocked by clients come back.
/// </summary>
internal static class BlockingClients
{
    private const int Threads = 64;

    [ModuleInitializer]
    internal static void MakeRoom() => ThreadPool.SetMinThreads(Threads, Threads);
}
