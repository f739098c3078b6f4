namespace Terway.Cni.Tests.EndToEnd;

public sealed class ConcurrencyTests(NativePlugin native) : IClassFixture<NativePlugin>
{
    private const int Pods = 24;

    [Fact]
    public async Task Many_invocations_at_once_do_not_disturb_each_other()
    {
        await using var fixture = new PluginFixture(native.Path);
        string warmUp = fixture.Lab.CreatePod("w");
        fixture.Run("ADD", warmUp, "c-w", "warm-up").ShouldSucceed();
        fixture.Run("DEL", warmUp, "c-w", "warm-up").ShouldSucceed();
        DeleteTests.Reap(fixture);
        string before = fixture.Lab.State;
        string[] paths = [.. Enumerable.Range(0, Pods).Select(i => fixture.Lab.CreatePod($"p{i}"))];

        PluginRun[] adds = await AllAsync(i => fixture.Run("ADD", paths[i], $"c{i}", $"web-{i}"));
        string[] addresses = [.. adds.Select(add => add.ShouldSucceed().Answer.GetProperty("ips")[0].GetProperty("address").GetString()!.Split('/')[0])];
        bool[] reached = await AllAsync(i => fixture.Lab.Ping(NodeLab.NameOf(paths[i]), addresses[(i + 1) % Pods]));
        PluginRun[] deletes = await AllAsync(i => fixture.Run("DEL", paths[i], $"c{i}", $"web-{i}"));

        addresses.Should().OnlyHaveUniqueItems();
        reached.Should().OnlyContain(ok => ok);
        foreach (PluginRun run in deletes)
            run.ShouldSucceed();
        DeleteTests.Reap(fixture);
        fixture.Lab.State.Should().Be(before);
        fixture.Service.Held.Should().Be(0);
    }

    private static Task<T[]> AllAsync<T>(Func<int, T> run) =>
        Task.WhenAll(Enumerable.Range(0, Pods).Select(i => Task.Factory.StartNew(() => run(i), TaskCreationOptions.LongRunning)));
}
