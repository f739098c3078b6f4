namespace Terway.Cni.Tests.Spec;

public sealed class ArgumentsTests
{
    [Fact]
    public void Arguments_of_containerd_are_read()
    {
        CniArguments arguments = CniArguments.Parse(
            "IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=1f2e;K8S_POD_UID=0a1b-2c");

        arguments.PodNamespace.Should().Be("default");
        arguments.PodName.Should().Be("web-0");
        arguments.PodUid.Should().Be("0a1b-2c");
        arguments.InfraContainerId.Should().Be("1f2e");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("IgnoreUnknown=true")]
    public void Without_arguments_there_is_no_pod(string? text) => CniArguments.Parse(text).PodName.Should().BeNull();

    [Theory]
    [InlineData("FOO")]
    [InlineData("=")]
    [InlineData("A=B=C")]
    [InlineData("IgnoreUnknown=1;")]
    [InlineData("IgnoreUnknown=maybe")]
    [InlineData("FOO=bar")]
    [InlineData("IgnoreUnknown=0;FOO=bar")]
    public void Malformed_or_unknown_pairs_do_not_decode(string text)
    {
        Action parse = () => CniArguments.Parse(text);

        parse.Should().Throw<CniException>().Which.Code.Should().Be(CniErrorCode.DecodingFailure);
    }

    [Theory]
    [InlineData("IgnoreUnknown=1;FOO=bar;K8S_POD_NAME=web-0")]
    [InlineData("FOO=bar;K8S_POD_NAME=web-0;IgnoreUnknown=1")]
    public void Unknown_keys_are_ignored_when_that_is_asked_anywhere(string text) => CniArguments.Parse(text).PodName.Should().Be("web-0");

    [Theory]
    [InlineData("K8S_POD_NAME=../../etc")]
    [InlineData("K8S_POD_NAMESPACE=a b")]
    [InlineData("K8S_POD_INFRA_CONTAINER_ID=\n")]
    [InlineData("K8S_POD_UID=$(id)")]
    public void Hostile_value_names_its_key(string text)
    {
        Action parse = () => CniArguments.Parse(text);

        parse.Should().Throw<CniException>().Where(e => e.Code == CniErrorCode.InvalidEnvironment && e.Message.Contains(text.Split('=', 2)[0]));
    }
}
