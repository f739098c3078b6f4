using Terway.Sandbox.Cli;

// Entering a network namespace blocks a pool thread for a moment; without threads in reserve, answers would wait for them.
ThreadPool.SetMinThreads(workerThreads: 32, completionPortThreads: 4);

return await SandboxCommandLine.RunAsync(args);
