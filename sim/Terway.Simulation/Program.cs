using Terway.Simulation;

return SimulationCommandLine.Run(args, Console.Out, Console.Error);
