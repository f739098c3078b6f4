using Terway.Sandbox.Cli;

return await SandboxCommandLine.RunAsync(args);
