using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Terway.Architecture;

/// <summary>What a consumer gets: complete packages, whose READMEs hold code that runs.</summary>
public sealed partial class PackageTests(PackageFixture packages) : IClassFixture<PackageFixture>
{
    private const int ExampleLines = 14;

    [Theory]
    [MemberData(nameof(PublicApiTests.Libraries), MemberType = typeof(PublicApiTests))]
    public void A_package_is_complete(string library)
    {
        string file = packages.Find(library, "nupkg") ?? throw new InvalidOperationException($"no package of {library} in {packages.Folder}");
        using ZipArchive archive = ZipFile.OpenRead(file);
        XElement metadata = Nuspec(archive);

        Value(metadata, "license").Should().Be("Apache-2.0");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "description").Should().NotBeNullOrWhiteSpace();
        Value(metadata, "tags").Should().Contain("terway");
        metadata.Elements().Single(e => e.Name.LocalName == "repository").Attribute("commit")!.Value.Should().MatchRegex("^[0-9a-f]{40}$");
        archive.Entries.Select(e => e.FullName).Should().Contain("README.md")
            .And.Contain($"lib/net10.0/{library}.dll")
            .And.Contain($"lib/net10.0/{library}.xml");
        packages.Find(library, "snupkg").Should().NotBeNull("each library has a symbol package");
    }

    [Theory]
    [MemberData(nameof(PublicApiTests.Libraries), MemberType = typeof(PublicApiTests))]
    public void The_example_of_a_readme_runs_outside_the_solution(string library)
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "libs", library, "README.md"));
        Match example = CSharpBlock().Match(readme);
        example.Success.Should().BeTrue("each README shows how to begin");
        string code = example.Groups["code"].Value;
        code.Split('\n').Count(l => l.Trim().Length > 0 && !l.StartsWith("using ", StringComparison.Ordinal))
            .Should().BeLessThanOrEqualTo(ExampleLines, "an example is about ten lines");
        string folder = Consumer(library, code);

        packages.Dotnet(folder, "run", "-c", "Release");
    }

    private string Consumer(string library, string code)
    {
        string folder = Directory.CreateDirectory(Path.Combine(packages.Scratch, library)).FullName;
        IEnumerable<string> references = Repository.Libraries
            .Where(l => l == library || code.Contains($"using {l};", StringComparison.Ordinal))
            .Select(l => $"<PackageReference Include=\"{l}\" Version=\"*\" />");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), code);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="terway-folder" value="{packages.Folder}" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """);
        return folder;
    }

    private static XElement Nuspec(ZipArchive archive)
    {
        using Stream stream = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CSharpBlock();
}
