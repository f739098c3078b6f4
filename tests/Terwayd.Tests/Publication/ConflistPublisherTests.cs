using Terwayd.Publication;

namespace Terwayd.Tests.Publication;

public sealed class ConflistPublisherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_appears_with_its_mode_and_the_old_name_goes()
    {
        Directory.CreateDirectory(_folder["net.d"]);
        File.WriteAllText(_folder["net.d/10-terway.conf"], "{}");
        var publisher = new ConflistPublisher(_folder["net.d"]);

        publisher.Publish("content").Should().BeTrue();

        Directory.GetFiles(_folder["net.d"]).Should().Equal(_folder["net.d/10-terway.conflist"]);
        File.ReadAllText(publisher.Path).Should().Be("content");
        File.GetUnixFileMode(publisher.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_file_that_says_the_same_is_left_alone()
    {
        var publisher = new ConflistPublisher(_folder["net.d"]);
        publisher.Publish("content");
        var written = File.GetLastWriteTimeUtc(publisher.Path);

        publisher.Publish("content").Should().BeFalse();
        publisher.Publish("other").Should().BeTrue();

        File.ReadAllText(publisher.Path).Should().Be("other");
        File.GetLastWriteTimeUtc(publisher.Path).Should().BeOnOrAfter(written);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_coded_error_and_leaves_nothing()
    {
        File.WriteAllText(_folder["net.d"], "a file where the folder should be");

        var act = () => new ConflistPublisher(_folder["net.d"]).Publish("content");

        act.Should().Throw<TerwaydException>().WithMessage("*10-terway.conflist*").Which.Code.Should().Be("ConflistUnwritable");
    }
}
