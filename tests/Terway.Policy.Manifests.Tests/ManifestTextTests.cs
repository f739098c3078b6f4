using System.Text.Json;

namespace Terway.Policy.Manifests;

public sealed class ManifestTextTests
{
    [Theory]
    [InlineData("a: x", """{"a":"x"}""")]
    [InlineData("a: 'yes'\nb: yes\nc: off\nd: True", """{"a":"yes","b":true,"c":false,"d":true}""")]
    [InlineData("a: 8080\nb: '8080'\nc: 0x10\nd: 010\ne: 1_000\nf: -3\ng: 0b11\nh: 0o17", """{"a":8080,"b":"8080","c":16,"d":8,"e":1000,"f":-3,"g":3,"h":15}""")]
    [InlineData("a: 5.5\nb: 1e3\nc: .5\nd: 1.2.3\ne: 10.0.0.0/8", """{"a":5.5,"b":1000,"c":0.5,"d":"1.2.3","e":"10.0.0.0/8"}""")]
    [InlineData("a:\nb: ~\nc: null\nd: {}\ne: []", """{"a":null,"b":null,"c":null,"d":{},"e":[]}""")]
    [InlineData("a: !!str 1\nb: |\n  two\n  lines", """{"a":"1","b":"two\nlines"}""")]
    [InlineData("x: &p {k: 1}\na: *p\nb: {<<: *p, m: 2}\nc: {<<: [*p, {k: 7, n: 3}], k: 9}", """{"x":{"k":1},"a":{"k":1},"b":{"m":2,"k":1},"c":{"k":9,"n":3}}""")]
    [InlineData("a: 08\nb: 0xFg\nc: '-'\nd: +7\ne: 1-2\nf: .\ng: 0x\nh: -0x1F\ni: Infinity", """{"a":8,"b":"0xFg","c":"-","d":7,"e":"1-2","f":".","g":"0x","h":-31,"i":"Infinity"}""")]
    [InlineData("a: 99999999999999999999", """{"a":1E+20}""")]
    public void Yaml_reads_as_kubectl_reads_it(string yaml, string json)
    {
        JsonElement read = ManifestText.Read(yaml, "a.yaml").Single();

        JsonElement.DeepEquals(read, JsonDocument.Parse(json).RootElement).Should().BeTrue(read.GetRawText());
    }

    [Fact]
    public void Documents_and_lists_are_opened_and_empty_documents_passed_over()
    {
        const string Yaml = """
            # a comment alone
            ---
            kind: A
            ---
            ---
            kind: List
            items:
            - kind: B
            - kind: ListOfC
              items: [{kind: C}]
            ---
            - kind: D
            """;

        ManifestText.Read(Yaml, "a.yml").Select(o => o.GetProperty("kind").GetString()).Should().Equal("A", "B", "C", "D");
    }

    [Fact]
    public void Json_by_its_name_may_be_indented_with_tabs() =>
        ManifestText.Read("{\n\t\"kind\": \"A\"\n}", "a.json").Should().ContainSingle();

    [Theory]
    [InlineData("a.yaml", "kind: A\na: b: c", 2)]
    [InlineData("a.yaml", "kind: A\nkind: B", 2)]
    [InlineData("a.yaml", "kind: A\n\nx: *nowhere", 3)]
    [InlineData("a.yaml", "kind: A\n<<: 1", 2)]
    [InlineData("a.json", "{\n\"kind\": }", 2)]
    public void What_cannot_be_read_names_file_and_line(string path, string text, long line)
    {
        ManifestException refusal = FluentActions.Invoking(() => ManifestText.Read(text, path)).Should().Throw<ManifestException>().Which;

        refusal.Path.Should().Be(path);
        refusal.Line.Should().Be(line);
        refusal.Hint.Should().NotBeEmpty();
    }

    [Fact]
    public void A_few_lines_cannot_ask_for_all_the_memory()
    {
        string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat("abcdefgh".Zip("bcdefghi", (from, to) => $"{to}: &{to} [{string.Join(", ", Enumerable.Repeat($"*{from}", 10))}]\n"));
        string deep = new string('[', 500) + new string(']', 500);

        FluentActions.Invoking(() => ManifestText.Read(bomb, "a.yaml")).Should().Throw<ManifestException>().WithMessage("*more than 1000000 nodes*");
        FluentActions.Invoking(() => ManifestText.Read(deep, "a.yaml")).Should().Throw<ManifestException>().WithMessage("*nested deeper*");
    }
}
