using Terwayd.Configuration;

namespace Terwayd.Tests.Configuration;

public sealed class StaticKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EniConfiguration _configuration = new() { AccessKeyId = "from-file", AccessKeySecret = "hush-hush" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mounted_secret_wins_over_the_configuration()
    {
        File.WriteAllText(_folder["access-key-id"], "mounted");
        File.WriteAllText(_folder["access-key-secret"], "mounted-secret");

        StaticKeys.Find(_folder.Path, _configuration).Should().Be(new StaticKeys("mounted", "mounted-secret"));
    }

    [Fact]
    public void Line_feed_that_an_editor_left_is_no_part_of_the_key()
    {
        File.WriteAllText(_folder["access-key-id"], "mounted\n");
        File.WriteAllText(_folder["access-key-secret"], "mounted-secret\r\n");

        StaticKeys.Find(_folder.Path, _configuration).Should().Be(new StaticKeys("mounted", "mounted-secret"));
    }

    [Fact]
    public void Half_a_secret_does_not_count()
    {
        File.WriteAllText(_folder["access-key-id"], "mounted");
        File.WriteAllText(_folder["access-key-secret"], "");

        StaticKeys.Find(_folder.Path, _configuration).Should().Be(new StaticKeys("from-file", "hush-hush"));
    }

    [Fact]
    public void Without_either_there_is_no_static_key() =>
        StaticKeys.Find(_folder["none"], new EniConfiguration()).Should().BeNull();

    [Fact]
    public void A_secret_that_cannot_be_read_is_an_error()
    {
        Directory.CreateDirectory(_folder["access-key-id"]);

        var act = () => StaticKeys.Find(_folder.Path, _configuration);

        act.Should().Throw<TerwaydException>().Which.Code.Should().Be("CredentialsUnreadable");
    }

    [Fact]
    public void The_secret_is_never_printed() =>
        StaticKeys.Find(_folder["none"], _configuration)!.ToString().Should().Be("access key from-file");
}
