namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>A set as <c>ipset save</c> shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type and family, as <c>hash:net family inet</c>.</param>
/// <param name="Members">Its members.</param>
internal sealed record SavedSet(string Name, string Type, HashSet<string> Members)
{
    /// <summary>All sets of the namespace by name.</summary>
    internal static Dictionary<string, SavedSet> Parse(string text)
    {
        Dictionary<string, SavedSet> sets = new(StringComparer.Ordinal);
        foreach (var words in text.Split('\n').Select(line => line.Split(' ')))
        {
            if (words is ["create", var name, var type, ..])
            {
                var family = Array.IndexOf(words, "family") is >= 0 and var index ? $" family {words[index + 1]}" : "";
                sets[name] = new(name, type + family, new(StringComparer.Ordinal));
            }
            else if (words is ["add", var set, var member, ..])
            {
                sets[set].Members.Add(member);
            }
        }

        return sets;
    }
}
