using Terway.Policy.Iptables.Internal;

namespace Terway.Policy.Iptables;

/// <summary>Renders what <see cref="PolicyCalculator"/> publishes to chains of iptables and ip6tables and sets of ipset, change by change.</summary>
/// <remarks>
/// Chains, names, marks and comments are Felix's (3.24), so that operators and tools find what they know. What stands depends on what it was told,
/// not on how that came. Not safe for use by several threads at once.
/// </remarks>
public sealed class IptablesRenderer
{
    private readonly VersionRenderer _v4;
    private readonly VersionRenderer _v6;

    /// <summary>Begins with chains that know no pod.</summary>
    /// <param name="options">How to render; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public IptablesRenderer(IptablesOptions? options = null)
    {
        options ??= new();
        if (options.FindMistake() is { } mistake)
            throw new ArgumentException(mistake, nameof(options));
        _v4 = new(IpVersion.V4, options);
        _v6 = new(IpVersion.V6, options);
    }

    /// <summary>All that should stand for a version of IP.</summary>
    /// <param name="version">The version.</param>
    public IptablesRuleset RulesetOf(IpVersion version) => Of(version).Ruleset;

    /// <summary>A chain.</summary>
    /// <param name="version">The version of IP.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The chain; null where there is none.</returns>
    public IptablesChain? FindChain(IpVersion version, string name) => Of(version).Find(name);

    /// <summary>Takes events and returns what they change; the first time also the chains that stand without any pod.</summary>
    /// <param name="events">The events, in their order.</param>
    public (IptablesChange V4, IptablesChange V6) Apply(IEnumerable<PolicyEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        foreach (var change in events)
        {
            _v4.Apply(change);
            _v6.Apply(change);
        }

        return (_v4.Flush(), _v6.Flush());
    }

    private VersionRenderer Of(IpVersion version) => version is IpVersion.V4 ? _v4 : _v6;
}
