using System.Text.RegularExpressions;

namespace Terway.Architecture;

/// <summary>Rules for the text of the repository that no analyzer knows.</summary>
public sealed partial class HygieneTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_source_file_is_longer_than_the_limit()
    {
        Sources("*.cs").Where(f => File.ReadLines(f).Count() > MostLines).Select(Relative).Should().BeEmpty();
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        Sources("*.cs").Where(f => VagueName().IsMatch(File.ReadAllText(f))).Select(Relative).Should().BeEmpty();
    }

    [Fact]
    public void No_file_restores_from_a_named_registry()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "nuget.config"));

        text.Should().NotContain("://");
        Sources("packages.lock.json").Should().BeEmpty("a lock file may carry the address of the registry it was made with");
    }

    [Theory]
    [MemberData(nameof(PublicApiTests.Libraries), MemberType = typeof(PublicApiTests))]
    public void A_library_has_its_own_version_description_and_readme(string library)
    {
        string project = File.ReadAllText(Repository.ProjectFile("libs/" + library));

        project.Should().Contain("<Version>").And.Contain("<Description>");
        File.Exists(Path.Combine(Repository.Root, "libs", library, "README.md")).Should().BeTrue();
    }

    private static IEnumerable<string> Sources(string pattern) =>
        ((string[])["libs", "apps", "sandbox", "tests", "bench", "samples", "sim"])
            .Select(f => Path.Combine(Repository.Root, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, pattern, SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    [GeneratedRegex(@"\b(class|struct|interface|record)\s+\w*(Manager|Helpers?|Utils?|Utilities)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex VagueName();
}
