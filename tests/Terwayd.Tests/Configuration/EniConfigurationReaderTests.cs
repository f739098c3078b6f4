using System.Net;
using System.Text;
using Terway.Ipam;
using Terwayd.Configuration;

namespace Terwayd.Tests.Configuration;

public class EniConfigurationReaderTests
{
    private const string Full = """
        {
          "version": "1",
          "access_key": "LTAI-test",
          "access_secret": "s3cr3t",
          "service_cidr": "172.16.0.0/16, fd00:10::/112",
          "vswitches": { "cn-hangzhou-i": ["vsw-1", "vsw-2"], "cn-hangzhou-j": ["vsw-3"] },
          "eni_tags": { "team": "net" },
          "max_pool_size": 25,
          "min_pool_size": 10,
          "min_eni": 2,
          "max_eni": 4,
          "ip_warm_up_size": 20,
          "eni_tag_filter": { "team": "net" },
          "eni_tag_block_list": [{ "key": "a", "value": "b" }, { "key": "", "value": "x" }, { "key": "a", "value": "b" }],
          "eni_cap_ratio": 0.5,
          "eni_cap_shift": -1,
          "security_group": "sg-9",
          "security_groups": ["sg-2", "sg-1", "sg-9"],
          "resource_group_id": "rg-1",
          "vswitch_selection_policy": "ordered",
          "eni_selection_policy": "least_ips",
          "idle_ip_reclaim_after": "30m",
          "idle_ip_reclaim_interval": "5m",
          "idle_ip_reclaim_batch_size": 7,
          "idle_ip_reclaim_jitter_factor": "0.2",
          "ip_pool_sync_period": "30s",
          "ip_rest_period": "5s",
          "ip_stack": "dual",
          "ipam_type": "",
          "rate_limit": { "CreateNetworkInterface": 60 },
          "kube_client_qps": 10,
          "kube_client_burst": 20,
          "enable_patch_pod_ips": false
        }
        """;

    [Fact]
    public void Every_key_that_applies_reaches_the_configuration()
    {
        var (configuration, warnings) = Read(Full);

        warnings.Should().BeEmpty();
        configuration.Should().BeEquivalentTo(new EniConfiguration
        {
            Version = "1",
            AccessKeyId = "LTAI-test",
            AccessKeySecret = "s3cr3t",
            Services = new ServiceNetworks(IPNetwork.Parse("172.16.0.0/16"), IPNetwork.Parse("fd00:10::/112")),
            VSwitches = new Dictionary<string, IReadOnlyList<string>>
            {
                ["cn-hangzhou-i"] = ["vsw-1", "vsw-2"],
                ["cn-hangzhou-j"] = ["vsw-3"],
            },
            EniTags = new Dictionary<string, string> { ["team"] = "net" },
            Families = AddressFamilies.DualStack,
            MaxPoolSize = 25,
            MinPoolSize = 10,
            MinEni = 2,
            MaxEni = 4,
            WarmUpSize = 20,
            IdleReclaimAfter = TimeSpan.FromMinutes(30),
            IdleReclaimInterval = TimeSpan.FromMinutes(5),
            IdleReclaimBatch = 7,
            IdleReclaimJitter = 0.2,
            EniTagFilter = new Dictionary<string, string> { ["team"] = "net" },
            EniTagBlockList = [new("a", "b")],
            EniCapRatio = 0.5,
            EniCapShift = -1,
            SecurityGroups = ["sg-1", "sg-2", "sg-9"],
            ResourceGroupId = "rg-1",
            VSwitchSelection = VSwitchSelection.Most,
            EniSelection = EniSelection.LeastIps,
            PoolSyncPeriod = TimeSpan.FromSeconds(30),
            AddressRest = TimeSpan.FromSeconds(5),
            RateLimits = new Dictionary<string, int> { ["CreateNetworkInterface"] = 60 },
        });
    }

    [Fact]
    public void An_empty_object_gives_upstreams_defaults()
    {
        var (configuration, warnings) = Read("{}");

        warnings.Should().BeEmpty();
        configuration.EniCapRatio.Should().Be(1);
        configuration.VSwitchSelection.Should().Be(VSwitchSelection.Random);
        configuration.EniSelection.Should().Be(EniSelection.MostIps);
        configuration.PoolSyncPeriod.Should().Be(TimeSpan.FromSeconds(120));
    }

    [Fact]
    public void Null_and_zero_mean_the_default_where_upstream_reads_them_so()
    {
        var (configuration, warnings) = Read(
            """{"vswitches": null, "eni_cap_ratio": 0, "idle_ip_reclaim_batch_size": -1, "idle_ip_reclaim_interval": null}""");

        warnings.Should().BeEmpty();
        configuration.Should().BeEquivalentTo(new EniConfiguration());
    }

    [Fact]
    public void All_errors_are_reported_at_once_with_key_value_and_expectation()
    {
        var act = () => Read("""
            {
              "max_pool_size": "five",
              "min_pool_size": -1,
              "vswitches": {"cn-hangzhou-i": "vsw-1"},
              "eni_tags": {"a": 1},
              "eni_cap_ratio": -2,
              "idle_ip_reclaim_after": "5 minutes",
              "service_cidr": "172.16.0.0/16,10.0.0.0/8,nonsense",
              "security_groups": "sg-1",
              "ip_stack": "ipv6",
              "enable_ip_prefix": true,
              "rate_limit": {"CreateNetworkInterface": 0}
            }
            """);

        var error = act.Should().Throw<TerwaydException>().Which;
        error.Code.Should().Be("ConfigurationInvalid");
        error.Message.Should().Be("""
            the configuration /etc/eni/eni_conf has 12 errors:
             max_pool_size: "five" is a string, expected an integer of at least 0;
             min_pool_size: -1 is a number, expected an integer of at least 0;
             vswitches.cn-hangzhou-i: "vsw-1" is a string, expected a list of strings;
             eni_tags.a: 1 is a number, expected a string;
             eni_cap_ratio: -2 is a number, expected a number of at least 0;
             idle_ip_reclaim_after: "5 minutes" is a string, expected a duration such as "30s", "10m" or "1h30m";
             service_cidr: "10.0.0.0/8" is a second network of its family, expected one per family;
             service_cidr: "nonsense" is no network, expected addresses such as "172.16.0.0/16", one per family, separated by a comma;
             security_groups: "sg-1" is a string, expected a list of strings;
             ip_stack: "ipv6" is not served by this daemon: only ipv4 and dual are served;
             enable_ip_prefix: true is not served by this daemon: prefixes are not served;
             rate_limit.CreateNetworkInterface: 0 is a number, expected an integer of at least 1
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData("", "not JSON at line 1")]
    [InlineData("{\"max_pool_size\": 5,}", "not JSON at line 1")]
    [InlineData("{\n  \"max_pool_size\" 5\n}", "not JSON at line 2")]
    [InlineData("[]", "the file is no JSON object")]
    [InlineData("null", "the file is no JSON object")]
    public void A_file_that_is_no_object_says_where(string content, string expected)
    {
        var act = () => Read(content);

        act.Should().Throw<TerwaydException>().WithMessage($"*{expected}*").Which.Code.Should().Be("ConfigurationInvalid");
    }

    [Fact]
    public void Unknown_keys_warn_once_and_name_the_key_that_was_meant()
    {
        var (_, warnings) = Read("""
            {"max_pool_size": 1, "Max_Pool_Size": 9, "eniTags": {},
             "enable_eni_trunking": true, "enable_erdma": true}
            """);

        warnings.Should().Equal(
            "Max_Pool_Size: unknown key, ignored; keys are case-sensitive, did you mean max_pool_size?",
            "eniTags: unknown key, ignored",
            "enable_eni_trunking: true has no effect: trunk ENIs are not served",
            "enable_erdma: true has no effect: ERDMA is not served");
    }

    [Fact]
    public void Secrets_are_never_in_a_message()
    {
        var act = () => Read("""{"access_key": ["LTAI-visible"], "access_secret": {"a": "s3cr3t-visible"}}""");

        act.Should().Throw<TerwaydException>().Which.Message.Should().Contain("access_key: the value (hidden) is a list")
            .And.NotContain("visible");
    }

    [Fact]
    public void One_half_of_a_key_pair_is_an_error()
    {
        var act = () => Read("""{"access_key": "LTAI"}""");

        act.Should().Throw<TerwaydException>().WithMessage("*one is given without the other*");
    }

    [Fact]
    public void More_groups_than_an_ENI_takes_are_an_error_counting_both_keys()
    {
        var groups = string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"sg-{i}\""));

        var act = () => Read($$"""{"security_group": "sg-x", "security_groups": [{{groups}}]}""");

        act.Should().Throw<TerwaydException>().WithMessage("*11 groups*at most 10*");
    }

    [Fact]
    public void The_low_mark_is_lowered_to_the_high_mark_with_a_warning()
    {
        var (configuration, warnings) = Read("""{"max_pool_size": 3, "min_pool_size": 8}""");

        configuration.MinPoolSize.Should().Be(3);
        warnings.Should().ContainSingle().Which.Should().StartWith("min_pool_size: 8 is above max_pool_size 3");
    }

    [Fact]
    public void Numbers_of_ENIs_and_of_the_warm_up_that_contradict_others_are_warned_about()
    {
        var (configuration, warnings) = Read("""{"max_eni": 2, "min_eni": 3, "max_pool_size": 5, "ip_warm_up_size": 6}""");

        configuration.MinEni.Should().Be(2);
        warnings.Should().HaveCount(2).And.Contain(w => w.StartsWith("min_eni: 3 is above max_eni 2")).And.Contain(w => w.StartsWith("ip_warm_up_size: 6 is above max_pool_size 5"));
    }

    [Theory]
    [InlineData("ordered", VSwitchSelection.Most)]
    [InlineData("most", VSwitchSelection.Most)]
    [InlineData("in_order", VSwitchSelection.Ordered)]
    [InlineData("random", VSwitchSelection.Random)]
    [InlineData("", VSwitchSelection.Random)]
    public void The_choice_of_a_vSwitch_has_upstreams_words_and_one_of_ours(string word, VSwitchSelection expected) =>
        Read($$"""{"vswitch_selection_policy": "{{word}}"}""").Configuration.VSwitchSelection.Should().Be(expected);

    [Fact]
    public void A_reclaim_after_no_time_is_off_and_a_jitter_that_is_no_number_is_the_default()
    {
        var (configuration, warnings) = Read("""{"idle_ip_reclaim_after": "0s", "idle_ip_reclaim_jitter_factor": "much"}""");

        configuration.IdleReclaimAfter.Should().BeNull();
        configuration.IdleReclaimJitter.Should().Be(0.1);
        warnings.Should().ContainSingle().Which.Should().Contain("\"much\" is no number");
    }

    [Fact]
    public void A_tag_filter_that_new_ENIs_cannot_meet_is_an_error()
    {
        var act = () => Read("""{"eni_tags": {"pool": "red"}, "eni_tag_filter": {"pool": "blue"}}""");

        act.Should().Throw<TerwaydException>().WithMessage("*eni_tag_filter.pool*\"blue\" is wanted*\"red\"*");
    }

    [Fact]
    public void A_block_list_of_another_form_is_an_error()
    {
        var act = () => Read("""{"eni_tag_block_list": [{"key": 1}]}""");

        act.Should().Throw<TerwaydException>().WithMessage("*eni_tag_block_list?0?.key: 1 is a number, expected a string*");
    }

    [Fact]
    public void A_bad_sync_period_warns_and_falls_back()
    {
        var (configuration, warnings) = Read("""{"ip_pool_sync_period": "soon"}""");

        configuration.PoolSyncPeriod.Should().Be(TimeSpan.FromSeconds(120));
        warnings.Should().ContainSingle().Which.Should().Contain("\"soon\" is no duration");
    }

    [Fact]
    public void A_missing_file_names_it()
    {
        var act = () => EniConfigurationReader.ReadFile("/nowhere/eni_conf");

        act.Should().Throw<TerwaydException>().WithMessage("*/nowhere/eni_conf*").Which.Code.Should().Be("ConfigurationUnreadable");
    }

    private static (EniConfiguration Configuration, IReadOnlyList<string> Warnings) Read(string content) =>
        EniConfigurationReader.Read(Encoding.UTF8.GetBytes(content), "/etc/eni/eni_conf");
}
