using Terway.Cloud.Testing;
using Terway.Ipam.Actions;

namespace Terway.Ipam.Tests;

/// <summary>How soon the first pod on a new ENI has its address.</summary>
public class EniPoolAttachTests
{
    private static readonly TimeSpan Attach = TimeSpan.FromSeconds(3.3);
    private static readonly TimeSpan Link = Attach + TimeSpan.FromSeconds(0.1);

    [Fact]
    public async Task ENI_whose_link_shows_up_is_asked_about_right_then()
    {
        var f = await PoolFixture.CreateAsync(EmulatorLatencies.None with { Attach = LatencyRange.Seconds(Attach.TotalSeconds, Attach.TotalSeconds) });
        f.Links = new LinkAfter(f, Link);
        await f.StartAsync(options => options.BatchDelay = TimeSpan.Zero);
        var start = f.Time.GetUtcNow();

        f.Lease(1);

        (f.Time.GetUtcNow() - start).Should().Be(Link);
    }

    [Fact]
    public async Task Pace_learns_how_long_this_cloud_takes()
    {
        var f = await PoolFixture.CreateAsync(EmulatorLatencies.None with { Attach = LatencyRange.Seconds(6, 6) }, "ecs.g7.4xlarge");
        await f.StartAsync(options => options.BatchDelay = TimeSpan.Zero);
        var questions = new List<int>();
        for (var eni = 0; eni < 4; eni++)
        {
            var before = f.CountCalls("DescribeNetworkInterfaces");
            for (var pod = 0; pod < 30; pod++)
                f.Lease((eni * 30) + pod);
            questions.Add(f.CountCalls("DescribeNetworkInterfaces") - before);
        }

        questions[^1].Should().BeLessThan(questions[0]);
    }

    [Fact]
    public void Pace_asks_earlier_after_an_attachment_that_was_done_at_the_first_question_and_stays_within_its_bounds()
    {
        var pace = new AttachPace();
        var first = pace.First;

        pace.Done(first, looks: 0);
        var earlier = pace.First;
        for (var i = 0; i < 50; i++)
            pace.Done(pace.First, looks: 0);
        var earliest = pace.First;
        for (var i = 0; i < 50; i++)
            pace.Done(TimeSpan.FromMinutes(1), looks: 3);

        earlier.Should().BeLessThan(first);
        earliest.Should().BePositive();
        pace.First.Should().BeLessOrEqualTo(TimeSpan.FromSeconds(10));
    }

    private sealed class LinkAfter(PoolFixture f, TimeSpan delay) : INodeLinks
    {
        public async ValueTask<bool> AppearedAsync(LeaseEni eni, CancellationToken cancellationToken)
        {
            await Task.Delay(delay, f.Time, cancellationToken);
            return true;
        }

        public ValueTask PrepareAsync(LeaseEni eni, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask RemoveAsync(LeaseEni eni, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
