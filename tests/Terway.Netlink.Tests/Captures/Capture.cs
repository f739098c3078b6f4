using System.Runtime.InteropServices;

namespace Terway.Netlink.Tests.Captures;

/// <summary>One command of captures.txt or nft-captures.txt: what iproute2, nft or conntrack sent and what the kernel answered.</summary>
internal sealed record Capture(string Name, string Command, IReadOnlyList<byte[]> Requests, IReadOnlyList<byte[]> Answers)
{
    private static readonly Lazy<IReadOnlyDictionary<string, Capture>> Loaded = new(Load);

    internal static IEnumerable<Capture> All => Loaded.Value.Values;

    internal static Capture Of(string name) => Loaded.Value[name];

    internal static NetlinkHeader HeaderOf(ReadOnlySpan<byte> message) => MemoryMarshal.Read<NetlinkHeader>(message);

    private static Dictionary<string, Capture> Load()
    {
        var captures = new Dictionary<string, Capture>(StringComparer.Ordinal);
        Load("captures.txt", captures);
        Load("nft-captures.txt", captures);
        return captures;
    }

    private static void Load(string resource, Dictionary<string, Capture> captures)
    {
        using var reader = new StreamReader(typeof(Capture).Assembly.GetManifestResourceStream(resource)!);
        var (requests, answers) = (new List<byte[]>(), new List<byte[]>());
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                (requests, answers) = ([], []);
                var end = line.IndexOf(']', StringComparison.Ordinal);
                captures.Add(line[1..end], new(line[1..end], line[(end + 2)..], requests, answers));
            }
            else if (line.StartsWith('>'))
            {
                requests.Add(Convert.FromHexString(line[2..]));
            }
            else if (line.StartsWith('<'))
            {
                answers.Add(Convert.FromHexString(line[2..]));
            }
        }
    }
}
