using System.Net;
using Terway.Cloud.Alibaba;
using Terway.Testing;

namespace Terway.Cloud.Tests.Alibaba;

public class BackoffTests
{
    [Fact]
    public void Waits_grow_by_the_factor_up_to_the_cap_and_chance_adds_its_share()
    {
        var schedule = new BackoffSchedule
        {
            Delay = TimeSpan.FromSeconds(2),
            Factor = 1.5,
            Jitter = 0.5,
            Attempts = 6,
            Cap = TimeSpan.FromSeconds(4),
        };

        Enumerable.Range(1, 4).Select(n => schedule.DelayAfter(n, 0).TotalSeconds).Should().Equal(2, 3, 4, 4);
        schedule.DelayAfter(2, 1).Should().Be(TimeSpan.FromSeconds(4.5));
    }

    [Theory]
    [InlineData("eni_create", 3, 1, 1)]
    [InlineData("eni_ip_ops", 1, 3, 1)]
    [InlineData("eni_release", 1, 1, 3)]
    public async Task Row_rules_the_calls_that_it_names_and_no_others(string row, int creates, int assigns, int deletes)
    {
        var table = BackoffTable.Once.With(row, new BackoffSchedule { Attempts = 3 });

        (await CountAsync(table, api => api.CreateNetworkInterfaceAsync(new() { VSwitchId = new("vsw-x"), SecurityGroupIds = [new("sg-x")] }))).Should().Be(creates);
        (await CountAsync(table, api => api.AssignIpv6AddressesAsync(new() { EniId = new("eni-x"), Count = 1 }))).Should().Be(assigns);
        (await CountAsync(table, api => api.DeleteNetworkInterfaceAsync(new("eni-x")))).Should().Be(deletes);
    }

    [Fact]
    public async Task Waits_are_those_of_the_row_in_the_clocks_time()
    {
        var time = new FakeTimeProvider();
        var sent = new List<DateTimeOffset>();
        using var http = new HttpClient(new StubHandler((_, _) =>
        {
            sent.Add(time.GetUtcNow());
            return StubHandler.Error(HttpStatusCode.BadRequest, "Throttling.User");
        }));
        var table = BackoffTable.Default.With(BackoffTable.EniRelease, new BackoffSchedule
        {
            InitialDelay = TimeSpan.FromSeconds(4),
            Delay = TimeSpan.FromSeconds(5),
            Factor = 2,
            Attempts = 3,
        });
        var api = RetryTests.Api(http, o => o with { Backoff = table, TimeProvider = time });

        var call = api.DeleteNetworkInterfaceAsync(new EniId("eni-x"));
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), call.ContinueWith(_ => { }, TaskScheduler.Default));

        (await Errors.OfAsync(() => call)).IsThrottled.Should().BeTrue();
        sent.Should().HaveCount(3);
        (sent[0] - FakeTimeProvider.Start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(4));
        (sent[1] - sent[0]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
        (sent[2] - sent[1]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Row_that_is_none_or_out_of_range_is_refused()
    {
        FluentActions.Invoking(() => BackoffTable.Default.With("eni_paint", new BackoffSchedule())).Should().Throw<ArgumentException>().WithMessage("*'eni_paint'*'eni_create'*");
        FluentActions.Invoking(() => BackoffTable.Default.With("eni_create", new BackoffSchedule { Attempts = 0, Factor = 0.5 }))
            .Should().Throw<ArgumentException>().WithMessage("*factor is 0.5*attempts are 0*");
        BackoffTable.Default["eni_paint"].Should().Be(BackoffTable.Default[""]);
    }

    private static async Task<int> CountAsync(BackoffTable table, Func<IEniApi, Task> call)
    {
        using var handler = new StubHandler((_, _) => StubHandler.Error(HttpStatusCode.BadRequest, "Throttling.User"));
        using var http = new HttpClient(handler);
        await Errors.OfAsync(() => call(RetryTests.Api(http, o => o with { Backoff = table })));
        return handler.Requests.Count;
    }
}
