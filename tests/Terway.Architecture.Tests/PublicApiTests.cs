using System.Reflection;

namespace Terway.Architecture;

/// <summary>A library's public API changes only together with its baseline, so that a review sees it.</summary>
public sealed class PublicApiTests
{
    private const string AcceptVariable = "TERWAY_ACCEPT_API";

    public static TheoryData<string> Libraries() => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_api_is_its_baseline(string library)
    {
        string folder = Path.Combine(Repository.Root, "libs", library);
        string unshipped = Path.Combine(folder, "PublicAPI.Unshipped.txt");
        HashSet<string> shipped = [.. Lines(Path.Combine(folder, "PublicAPI.Shipped.txt"))];
        IReadOnlyList<string> actual = PublicApi.Describe(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, library + ".dll")));

        if (Environment.GetEnvironmentVariable(AcceptVariable) is "1")
        {
            File.WriteAllLines(unshipped, actual.Where(l => !shipped.Contains(l)));
        }

        IEnumerable<string> baseline = shipped.Concat(Lines(unshipped));
        actual.Except(baseline, StringComparer.Ordinal).Should().BeEmpty($"new API of {library} is accepted with './build.sh api'");
        baseline.Except(actual, StringComparer.Ordinal).Should().BeEmpty($"API that {library} no longer has is accepted with './build.sh api', and told in CHANGELOG.md");
    }

    private static IEnumerable<string> Lines(string path) =>
        File.Exists(path) ? File.ReadLines(path).Where(l => l.Length > 0) : [];
}
