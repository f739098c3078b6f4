using Terwayd.CommandLine;

var environment = TerwaydEnvironment.Read(Environment.GetEnvironmentVariable);
Console.WriteLine(environment.NodeName);
return await new TerwaydCommandLine((_, _) => Task.FromResult(0), (_, _) => Task.FromResult(0), Console.Out).InvokeAsync(args, CancellationToken.None);
