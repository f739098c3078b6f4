using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Terway.Architecture;

/// <summary>Holds the arrows of docs/architecture.md: a reference that is not in this table is a defect.</summary>
public sealed class DependencyGraphTests
{
    private static readonly ImmutableDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["libs/Terway.Netlink"] = [],
        ["libs/Terway.Cloud"] = [],
        ["libs/Terway.Cloud.Testing"] = ["Terway.Cloud"],
        ["libs/Terway.Ipam"] = ["Terway.Cloud"],
        ["libs/Terway.Datapath"] = ["Terway.Netlink"],
        ["libs/Terway.Cni"] = [],
        ["libs/Terway.Policy"] = [],
        ["libs/Terway.Policy.Manifests"] = ["Terway.Policy"],
        ["libs/Terway.Policy.Dataplane"] = ["Terway.Netlink", "Terway.Policy"],
        ["apps/terway-cni"] = ["Terway.Cni", "Terway.Datapath"],
        ["apps/terwayd"] = ["Terway.Cloud", "Terway.Cni", "Terway.Datapath", "Terway.Ipam", "Terway.Netlink", "Terway.Policy", "Terway.Policy.Dataplane", "Terway.Policy.Manifests"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Folders()
    {
        TheoryData<string> folders = [];
        foreach (string parent in (string[])["libs", "apps"])
        {
            foreach (string folder in Directory.GetDirectories(Path.Combine(Repository.Root, parent)))
            {
                folders.Add($"{parent}/{Path.GetFileName(folder)}");
            }
        }

        return folders;
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_project_references_only_what_the_graph_allows(string folder)
    {
        Allowed.Should().ContainKey(folder, "each library and program has its row in the graph");

        Repository.ProjectReferences(folder).Should().BeSubsetOf(Allowed[folder]);
    }

    [Fact]
    public void The_pool_knows_the_cloud_only_by_its_abstractions()
    {
        IEnumerable<string> used = NamespacesUsed(typeof(Ipam.IpamException).Assembly.Location, "Terway.Cloud");

        used.Should().BeEquivalentTo(["Terway.Cloud"]);
    }

    [Theory]
    [MemberData(nameof(LibraryAssemblies))]
    public void A_library_reads_no_environment_and_no_ambient_clock(string library)
    {
        string path = Path.Combine(AppContext.BaseDirectory, library + ".dll");

        MembersUsed(path).Should().NotContain([
            "System.Environment.GetEnvironmentVariable",
            "System.Environment.GetEnvironmentVariables",
            "System.DateTime.get_UtcNow",
            "System.DateTime.get_Now",
            "System.DateTimeOffset.get_UtcNow",
            "System.DateTimeOffset.get_Now",
        ]);
    }

    public static TheoryData<string> LibraryAssemblies() => [.. Repository.Libraries];

    private static HashSet<string> NamespacesUsed(string path, string assembly)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<string> namespaces = new(StringComparer.Ordinal);
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            if (type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            {
                AssemblyReference scope = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                if (metadata.GetString(scope.Name) == assembly)
                {
                    namespaces.Add(metadata.GetString(type.Namespace));
                }
            }
        }

        return namespaces;
    }

    private static HashSet<string> MembersUsed(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<string> members = new(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                members.Add($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}");
            }
        }

        return members;
    }
}
