using System.Collections.Immutable;
using System.Net;
using Terway.Policy.Calculation;
using Terway.Policy.Dataplane;
using Terway.Policy.Dataplane.Nftables;

namespace Terway.Policy.KernelTests;

public sealed class PolicyDataplaneTests : IDisposable
{
    private static readonly IPAddress Address = IPAddress.Parse("10.0.0.1");
    private static readonly ResourceKey Web = ResourceKey.Pod("x", "web");

    /// <summary>Longer than any test: what depends on it would never end.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private readonly PolicyNode _node = new();
    private readonly CountingBackend _backend;
    private readonly PolicyDataplane _dataplane;
    private readonly PolicyCalculator _calculator = new(RandomCluster.Node);

    public PolicyDataplaneTests()
    {
        _backend = new(NftablesBackend.Open(_node.Namespace));
        _dataplane = new(_backend, new() { RefreshInterval = Never });
    }

    public void Dispose()
    {
        _dataplane.Dispose();
        _node.Dispose();
    }

    [Fact]
    public async Task Who_asks_for_a_pod_waits_until_its_policies_are_in_the_kernel()
    {
        await _dataplane.ApplyAsync([]);
        Task<EndpointReadiness> readiness = _dataplane.EnsureEndpointAsync(Web, [Address], Never);
        readiness.IsCompleted.Should().BeFalse();
        _node.ListTable().Should().NotContain("10.0.0.1");

        await ApplyAsync(new Namespace { Name = "x" }, Pod());

        (await readiness).Should().Be(EndpointReadiness.Ready);
        _node.ListTable().Should().Contain("10.0.0.1");
        (await _dataplane.EnsureEndpointAsync(Web, [Address], TimeSpan.Zero)).Should().Be(EndpointReadiness.Ready, "nothing is waited for");
    }

    [Fact]
    public async Task A_pod_that_policy_does_not_know_by_its_address_is_not_ready_in_time()
    {
        await ApplyAsync(new Namespace { Name = "x" }, Pod());

        (await _dataplane.EnsureEndpointAsync(Web, [IPAddress.Parse("10.0.0.2")], TimeSpan.Zero)).Should().Be(EndpointReadiness.TimedOut);
        (await _dataplane.EnsureEndpointAsync(ResourceKey.Pod("x", "other"), [], TimeSpan.Zero)).Should().Be(EndpointReadiness.TimedOut);
    }

    [Fact]
    public async Task A_pod_with_a_policy_that_the_kernel_refuses_is_told_to_be_closed()
    {
        using PolicyDataplane dataplane = new(NftablesBackend.Open(_node.Namespace, new() { RuleLog = new() { PerSecond = 0 } }));
        foreach (Resource resource in (Resource[])[new Namespace { Name = "x" }, Pod(), new CalicoPolicy { Name = "logs", Ingress = [new() { Action = RuleAction.Log }] }])
        {
            _calculator.Apply(resource);
        }

        await dataplane.ApplyAsync(_calculator.Flush());

        (await dataplane.EnsureEndpointAsync(Web, [Address], TimeSpan.Zero)).Should().Be(EndpointReadiness.Closed);
        dataplane.Status.Refused.Should().ContainSingle();
    }

    [Fact]
    public async Task A_flushed_ruleset_is_back_at_once_and_own_changes_are_no_reason_to_look()
    {
        using CancellationTokenSource end = new();
        await ApplyAsync(new Namespace { Name = "x" }, Pod());
        int before = _backend.Reconciliations;
        Task running = _dataplane.RunAsync(end.Token);
        for (int i = 0; i < 50; i++)
        {
            await ApplyAsync(new CalicoPolicy { Name = "p", Order = i, Ingress = [new() { Action = i % 2 == 0 ? RuleAction.Allow : RuleAction.Deny }] });
        }

        string wanted = _node.ListTable();
        _node.Execute("nft", "flush", "ruleset");

        await UntilAsync(() => _dataplane.Status.Repairs > 0);
        _node.ListTable().Should().Be(wanted);
        _backend.Reconciliations.Should().Be(before + 1);
        _dataplane.Status.LastVerified.Should().NotBeNull();
        await end.CancelAsync();
        await running.Invoking(r => r).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task While_pods_and_policies_come_and_go_and_a_stranger_meddles_the_kernel_ends_where_a_fresh_start_does()
    {
        using CancellationTokenSource end = new();
        RandomCluster random = new(8000);
        Task running = _dataplane.RunAsync(end.Token);
        Task meddling = Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                _node.Load(i % 2 == 0 ? "flush ruleset" : "add table inet terway\nadd chain inet terway from-pod\nflush chain inet terway from-pod");
            }
        });
        List<Resource> state = [];
        for (int i = 0; i < 12 || !meddling.IsCompleted; i++)
        {
            List<Resource> next = random.State();
            state.Where(r => next.TrueForAll(n => n.Key != r.Key)).ToList().ForEach(r => _calculator.Remove(r.Key));
            foreach (Resource resource in next)
            {
                await ApplyAsync(resource);
            }

            state = next;
        }

        await meddling;
        await _dataplane.ReconcileAsync();
        await end.CancelAsync();
        await running.Invoking(r => r).Should().ThrowAsync<OperationCanceledException>();

        using PolicyNode fresh = new();
        using NftablesBackend backend = NftablesBackend.Open(fresh.Namespace);
        PolicyCalculator calculator = new(RandomCluster.Node);
        state.ForEach(calculator.Apply);
        backend.Apply(calculator.Flush());
        _node.ListTable().Should().Be(fresh.ListTable());
        _dataplane.Status.Endpoints.Keys.Should().BeEquivalentTo(state.OfType<Pod>().Where(p => p.IsEndpoint && p.Node == RandomCluster.Node).Select(p => p.Key));
    }

    [Fact]
    public async Task What_could_not_be_brought_in_comes_with_the_next_change()
    {
        _backend.Fails = true;
        await this.Invoking(t => t.ApplyAsync(new Namespace { Name = "x" }, Pod())).Should().ThrowAsync<PolicyDataplaneException>();
        _dataplane.Status.Endpoints.Should().BeEmpty();

        _backend.Fails = false;
        await _dataplane.ApplyAsync([]);

        (await _dataplane.EnsureEndpointAsync(Web, [Address], TimeSpan.Zero)).Should().Be(EndpointReadiness.Ready);
    }

    private static Pod Pod() => new() { Name = "web", Namespace = "x", Node = RandomCluster.Node, Addresses = [Address] };

    private async Task ApplyAsync(params Resource[] resources)
    {
        foreach (Resource resource in resources)
        {
            _calculator.Apply(resource);
        }

        await _dataplane.ApplyAsync(_calculator.Flush());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
        }
    }
}
