namespace Terway.Benchmarks.Cni;

/// <summary>A plugin in the race: its program, its configuration, and what its runs cost.</summary>
internal sealed class Contender
{
    private readonly string _program;
    private readonly string _configurationPath;
    private readonly string _folder;
    private readonly Dictionary<string, List<Cost>> _costs = [];

    public Contender(string name, string program, string configuration, string folder)
    {
        Name = name;
        _program = program;
        _folder = folder;
        _configurationPath = Path.Combine(folder, $"{name}.json");
        File.WriteAllText(_configurationPath, configuration);
    }

    public string Name { get; }

    /// <summary>Runs one command on the calling thread, which must be in the node's namespace.</summary>
    public Cost Run(string command, string netns)
    {
        string id = Path.GetFileName(netns);
        string output = Path.Combine(_folder, $"{Name}-{id}.out");
        File.Create(output).Dispose();
        string[] environment =
        [
            $"CNI_COMMAND={command}", $"CNI_CONTAINERID={id}", $"CNI_NETNS={netns}", "CNI_IFNAME=eth0", "CNI_PATH=/usr/lib/cni", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            $"CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME={id};K8S_POD_INFRA_CONTAINER_ID={id}",
        ];
        return Spawn.Run(_program, environment, _configurationPath, output);
    }

    public void Record(string metric, Cost cost)
    {
        lock (_costs)
        {
            if (!_costs.TryGetValue(metric, out List<Cost>? costs))
                _costs[metric] = costs = [];
            costs.Add(cost);
        }
    }

    public double MedianWall(string metric) => Median(metric, cost => cost.Wall);

    public double MedianCpu(string metric) => Median(metric, cost => cost.Cpu);

    private double Median(string metric, Func<Cost, TimeSpan> of)
    {
        double[] values = [.. _costs[metric].Select(cost => of(cost).TotalMilliseconds).Order()];
        return Math.Round(values[values.Length / 2], 3);
    }
}
