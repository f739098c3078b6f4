namespace Terway.Policy.Manifests;

public sealed class ManifestSetTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME, namespace: shop}\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_read_with_those_below_and_without_hidden_ones()
    {
        _folder.Write("b.yaml", Pod.Replace("NAME", "b"));
        _folder.Write("below/a.yml", Pod.Replace("NAME", "a"));
        _folder.Write("c.json", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c","namespace":"shop"}}""");
        _folder.Write("notes.txt", "no manifest");
        _folder.Write(".swap.yaml", "half a fi: [");
        _folder.Write("..data/d.yaml", Pod.Replace("NAME", "d"));

        ManifestSet set = ManifestSet.Read([_folder.Path]);

        set.Resources.Select(r => r.Name).Should().Equal("b", "a", "c");
        set.Problems.Should().BeEmpty();
    }

    [Fact]
    public void An_object_that_is_written_twice_counts_as_it_is_written_first()
    {
        string first = _folder.Write("1.yaml", Pod.Replace("NAME", "a, labels: {v: one}"));
        string second = _folder.Write("2.yaml", Pod.Replace("NAME", "a, labels: {v: two}"));

        ManifestSet set = ManifestSet.Read([second, first, first]);

        set.Resources.Should().ContainSingle().Which.As<Pod>().Labels.Find("v").Should().Be("two");
        set.Problems.Should().ContainSingle().Which.ToString().Should().Contain(first).And.Contain(second).And.Contain("Pod shop/a");
    }

    [Fact]
    public void A_problem_names_its_file()
    {
        string path = _folder.Write("p.yaml", "apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: t}\nspec: {defaultAction: Log}\n---\n" + Pod);

        ManifestSet set = ManifestSet.Read([path]);

        set.Problems.Should().ContainSingle().Which.ToString().Should().StartWith($"{path}: Tier t: spec.defaultAction: must be Deny or Pass");
        set.Resources.Should().ContainSingle();
    }

    [Theory]
    [InlineData("nothing-here")]
    [InlineData("nothing-here.yaml")]
    public void What_is_not_there_is_said(string name) =>
        FluentActions.Invoking(() => ManifestSet.Read([Path.Combine(_folder.Path, name)])).Should().Throw<ManifestException>().WithMessage($"*{name}*there is no such file*");
}
