using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests;

public class EniPoolOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => new EniPoolOptions().Validate().Should().BeEmpty();

    [Fact]
    public void All_violations_are_gathered()
    {
        var options = new EniPoolOptions
        {
            Families = AddressFamilies.IPv6,
            MinPoolSize = 9,
            MaxPoolSize = 3,
            BatchSize = 0,
            Rest = TimeSpan.FromHours(2),
            MaxParallelCreates = 6,
        };
        options.VSwitches.Add(new VSwitchId("vsw-1"));
        options.VSwitches.Add(new VSwitchId("vsw-1"));
        options.EniTags.Add("terway-create", "x");
        for (var i = 0; i < 11; i++)
            options.SecurityGroups.Add(new SecurityGroupId($"sg-{i}"));

        var errors = options.Validate();

        errors.Should().HaveCount(8);
        errors.Should().Contain(error => error.Contains("MaxPoolSize is 3, below MinPoolSize (9)")).And.Contain(error => error.StartsWith("Rest is 02:00:00"));
    }

    [Fact]
    public async Task Registered_pool_is_one_and_takes_its_options()
    {
        var f = await PoolFixture.CreateAsync();
        await using var services = new ServiceCollection()
            .AddSingleton(f.Cloud.CreateEniApi())
            .AddSingleton(f.Cloud.CreateInstanceMetadata(f.Instance))
            .AddSingleton<ILeaseStore>(new InMemoryLeaseStore())
            .AddTerwayIpam(options => options.MinPoolSize = 2)
            .BuildServiceProvider();

        services.GetRequiredService<EniPool>().Should().BeSameAs(services.GetRequiredService<EniPool>());
        services.GetRequiredService<IOptions<EniPoolOptions>>().Value.MinPoolSize.Should().Be(2);
    }

    [Fact]
    public async Task Wrong_options_stop_the_host_when_it_starts()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddTerwayIpam(options => options.BatchSize = 1000);
        using var host = builder.Build();

        var act = () => host.StartAsync();

        (await act.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*BatchSize is 1000*");
    }
}
