using Terway.Netlink;

namespace Terway.Datapath;

/// <summary>The indexes of a plan's links in one namespace. A plan has one or two links there, so a list is the fastest map.</summary>
internal sealed class LinkIndexes
{
    private readonly List<(string Name, IfIndex Index)> _links = [];

    internal void Add(string name, IfIndex index) => _links.Add((name, index));

    internal IfIndex? Find(string name)
    {
        foreach (var link in _links)
        {
            if (link.Name == name)
                return link.Index;
        }
        return null;
    }

    internal IfIndex this[string name] =>
        Find(name) ?? throw new InvalidOperationException($"The plan uses the link {name}, which is not among its links.");
}
