using Terway.Sandbox.Manifests;

namespace Terway.Sandbox.Tests.Manifests;

public sealed class ManifestReaderTests
{
    private const string Mixed = """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          namespace: shop
          labels: {app: web}
        spec:
          nodeName: node-2
          containers:
          - name: a
            image: x
            ports:
            - containerPort: 8080
            - containerPort: 53
              protocol: UDP
          - name: b
            image: x
            ports: [{containerPort: 80}, {containerPort: 8080}]
        ---
        """;

    [Fact]
    public void Pods_are_found_among_other_objects_with_ports_of_all_containers()
    {
        var pods = ManifestReader.Read(Mixed, "mixed.yaml").Pods;

        pods.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = new PodName("shop", "web"), NodeName = "node-2", Ports = new[] { 53, 80, 8080 }, HostNetwork = false });
    }

    [Fact]
    public void What_is_no_pod_is_kept_for_the_nodes_and_ports_keep_their_names()
    {
        var content = ManifestReader.Read("""{"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"ports": [{"name": "dns", "containerPort": 53, "protocol": "UDP"}, {"containerPort": 80}]}]}}, {"apiVersion": "v1", "kind": "Namespace", "metadata": {}}]}""", "list.json");

        content.Others.Should().ContainSingle().Which.GetProperty("kind").GetString().Should().Be("Namespace");
        content.Problems.Should().ContainSingle().Which.Should().StartWith("list.json: ").And.Contain("metadata.name");
        content.Pods[0].NamedPorts.Should().Equal(new NamedPort("dns", "UDP", 53));
        content.Pods[0].Written!.Value.GetProperty("kind").GetString().Should().Be("Pod");
    }

    [Fact]
    public void A_list_is_opened_and_a_pod_without_namespace_is_in_default()
    {
        var pods = ManifestReader.Read("""{"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostNetwork": true}}, {"kind": "Service"}]}""", "list.json").Pods;

        pods.Should().ContainSingle();
        pods[0].Name.Should().Be(new PodName("default", "a"));
        pods[0].HostNetwork.Should().BeTrue();
        pods[0].NodeName.Should().BeNull();
        pods[0].Ports.Should().BeEmpty();
    }

    [Theory]
    [InlineData("kind: Pod\nspec: {}", "*bad.yaml*metadata.name*")]
    [InlineData("kind: Pod\nmetadata: {name: 'a; reboot'}", "*DNS-1123*")]
    [InlineData("kind: Pod\nmetadata: {name: a}\nspec: {containers: [{ports: [{containerPort: 70000}]}]}", "*70000*1 to 65535*")]
    [InlineData("kind: [Pod", "*bad.yaml, line*YAML*")]
    [InlineData("kind: Pod\nmetadata: {name: a}\nspec: {nodeName: n2345678901234567890123456789012345678901234567890123456789012345}", "*bad.yaml*longer than the 63 characters*")]
    public void An_unusable_manifest_names_file_line_and_value(string text, string message)
    {
        var read = () => ManifestReader.Read(text, "bad.yaml");

        read.Should().Throw<SandboxException>().WithMessage(message);
    }

    [Fact]
    public void A_folder_that_declares_a_pod_twice_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.yaml"), "kind: Pod\nmetadata: {name: a}");
        File.WriteAllText(folder.File("b.yml"), "kind: Pod\nmetadata: {name: a, namespace: default}");

        var read = () => ManifestReader.ReadFolder(folder.Path);

        read.Should().Throw<SandboxException>().WithMessage("*default/a*more than once*");
    }

    [Fact]
    public void Nodes_are_named_after_pods_first_and_numbered_then()
    {
        SandboxSettings.NodeNames(3, ["worker", "node-1"]).Should().Equal("node-1", "node-2", "worker");
        SandboxSettings.NodeNames(null, []).Should().Equal("node-1", "node-2");
        SandboxSettings.NodeNames(null, ["a", "b", "c"]).Should().Equal("a", "b", "c");
        var tooFew = () => SandboxSettings.NodeNames(1, ["a", "b"]);
        var reserved = () => SandboxSettings.NodeNames(null, ["vpc"]);
        reserved.Should().Throw<SandboxException>();
        tooFew.Should().Throw<SandboxException>().WithMessage("*2 nodes (a, b)*--nodes is 1*");
    }
}
