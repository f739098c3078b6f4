using System.Net;
using System.Net.Sockets;

namespace Terway.Policy.Nftables;

/// <summary>Does with a packet what the kernel does by a ruleset.</summary>
internal sealed class RulesetInterpreter(Ruleset ruleset)
{
    /// <summary>NFT_JUMP_STACK_SIZE of <c>net/netfilter/nf_tables.h</c>.</summary>
    private const int MaxDepth = 16;

    private readonly Dictionary<string, HashSet<RulesetElement>> _hashes = ruleset.Sets.Values
        .Where(s => s.Set is { IsInterval: false, IsVerdictMap: false }).ToDictionary(s => s.Set.Name, s => s.Elements.ToHashSet());

    private readonly Dictionary<string, Dictionary<string, RulesetVerdict>> _maps = ruleset.Sets.Values
        .Where(s => s.Set.IsVerdictMap).ToDictionary(s => s.Set.Name, s => s.Elements.ToDictionary(e => e.Interface!, e => e.Verdict!));

    /// <summary>Runs a hook's base chains in order of priority.</summary>
    public PacketTrace Run(HookPoint hook, FilteredPacket packet)
    {
        PacketTrace trace = new(packet.Mark);
        foreach (RulesetChain chain in ruleset.Chains.Values.Where(c => c.Hook?.Point == hook).OrderBy(c => c.Hook!.Priority))
        {
            if (Run(chain.Name, packet, trace, depth: 0) is VerdictKind.Drop)
            {
                return trace with { IsDropped = true };
            }
        }

        return trace;
    }

    private VerdictKind Run(string name, FilteredPacket packet, PacketTrace trace, int depth)
    {
        if (depth >= MaxDepth)
        {
            throw new InvalidOperationException($"the kernel does not jump as deep as {name}");
        }

        foreach (RulesetRule rule in ruleset.Chains[name].Rules)
        {
            RulesetVerdict? verdict = Run(rule, packet, trace);
            switch (verdict?.Kind)
            {
                case null:
                    continue;
                case VerdictKind.Jump when Run(verdict.Chain!, packet, trace, depth + 1) is var found:
                    if (found is VerdictKind.Return)
                    {
                        continue;
                    }

                    return found;
                case VerdictKind.Goto:
                    return Run(verdict.Chain!, packet, trace, depth + 1);
                default:
                    trace.Deciding = (name, rule);
                    return verdict.Kind;
            }
        }

        return VerdictKind.Return;
    }

    private RulesetVerdict? Run(RulesetRule rule, FilteredPacket packet, PacketTrace trace)
    {
        foreach (RuleStatement statement in rule.Statements)
        {
            switch (statement)
            {
                case VerdictStatement given:
                    return given.Verdict;
                case MapVerdict map:
                    return packet.Link(map.Field) is { } link ? _maps[map.Map].GetValueOrDefault(link) : null;
                case SetMarkStatement set:
                    trace.Mark = (trace.Mark & ~set.Mask) | set.Value;
                    break;
                case LogStatement log:
                    trace.Logged.Add(log.Prefix);
                    break;
                case CountStatement or LimitStatement:
                    break;
                default:
                    if (!Matches(statement, packet, trace))
                    {
                        return null;
                    }

                    break;
            }
        }

        return null;
    }

    private bool Matches(RuleStatement statement, FilteredPacket packet, PacketTrace trace) => statement switch
    {
        InterfaceMatch match => packet.Link(match.Field)?.StartsWith(match.Prefix, StringComparison.Ordinal) is true,
        StateMatch match => (match.States & packet.State) is not ConnectionStates.None,
        MarkMatch match => (trace.Mark & match.Mask) == match.Value,
        NumberMatch match => packet.Number(match.Field) is { } number && (number >= match.First && number <= match.Last) != match.IsNegated,
        AddressMatch match => packet.Address(match.Field) is { } address && match.Network.Contains(address) != match.IsNegated,
        SetMatch match => KeyOf(match, packet) is { } key && Holds(match.Set, key) != match.IsNegated,
        _ => throw new InvalidOperationException($"{statement} is no match"),
    };

    private bool Holds(string set, RulesetElement key) => _hashes.TryGetValue(set, out HashSet<RulesetElement>? elements)
        ? elements.Contains(key)
        : ruleset.Sets[set].Elements.Any(e => key.Network is { } address ? e.Network!.Value.Contains(address.BaseAddress) : e.Ports!.Value.Contains(key.Ports!.Value.First));

    /// <summary>The key that a packet gives; null where it lacks one of the fields.</summary>
    private RulesetElement? KeyOf(SetMatch match, FilteredPacket packet)
    {
        RulesetElement key = default;
        foreach (PacketField field in match.Fields)
        {
            if (field is PacketField.InputInterface or PacketField.OutputInterface)
            {
                if (packet.Link(field) is not { } link)
                {
                    return null;
                }

                key = key with { Interface = link };
            }
            else if (field is PacketField.SourceAddressV4 or PacketField.SourceAddressV6 or PacketField.DestinationAddressV4 or PacketField.DestinationAddressV6)
            {
                if (packet.Address(field) is not { } address)
                {
                    return null;
                }

                key = key with { Network = new IPNetwork(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128) };
            }
            else if (packet.Number(field) is not { } number)
            {
                return null;
            }
            else if (field is PacketField.TransportProtocol)
            {
                key = key with { Protocol = new IpProtocol((byte)number) };
            }
            else
            {
                key = key with { Ports = new PortRange(number, number) };
            }
        }

        return key;
    }
}
