return args is ["datapath"] ? Terway.Benchmarks.Datapath.DatapathBenchmark.Run() : 0;
