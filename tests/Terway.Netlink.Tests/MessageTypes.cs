using System.Reflection;

namespace Terway.Netlink.Tests;

/// <summary>Something to do with each message type; types are found by reflection, so that none is forgotten.</summary>
internal interface IMessageVisitor
{
    void Visit<T>()
        where T : class, INetlinkMessage<T>;
}

internal static class MessageTypes
{
    internal static IReadOnlyList<Type> All { get; } = typeof(RtNetlink).Assembly.GetTypes()
        .Where(type => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(INetlinkMessage<>)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToList();

    internal static void Accept(Type type, IMessageVisitor visitor)
    {
        try
        {
            typeof(IMessageVisitor).GetMethod(nameof(IMessageVisitor.Visit))!.MakeGenericMethod(type).Invoke(visitor, null);
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
        }
    }

    /// <summary>The type that reads a message; void for a request of netfilter that only names something.</summary>
    internal static Type Of(ushort messageType) => messageType > byte.MaxValue ? OfNetfilter(messageType) : (messageType / 4 * 4) switch
    {
        RtnetlinkConstants.RTM_NEWLINK or RtnetlinkConstants.RTM_NEWLINKPROP => typeof(LinkMessage),
        RtnetlinkConstants.RTM_NEWADDR => typeof(AddressMessage),
        RtnetlinkConstants.RTM_NEWROUTE => typeof(RouteMessage),
        RtnetlinkConstants.RTM_NEWRULE => typeof(RuleMessage),
        RtnetlinkConstants.RTM_NEWNEIGH => typeof(NeighbourMessage),
        RtnetlinkConstants.RTM_NEWQDISC => typeof(QdiscMessage),
        RtnetlinkConstants.RTM_NEWTFILTER => typeof(FilterMessage),
        RtnetlinkConstants.RTM_NEWNSID => typeof(NamespaceIdMessage),
        _ => throw new ArgumentOutOfRangeException(nameof(messageType), messageType, "No such message."),
    };

    private static Type OfNetfilter(ushort messageType) => messageType switch
    {
        NfTablesConstants.NFT_MSG_NEWTABLE => typeof(NftTable),
        NfTablesConstants.NFT_MSG_NEWCHAIN => typeof(NftChain),
        NfTablesConstants.NFT_MSG_NEWRULE => typeof(NftRule),
        NfTablesConstants.NFT_MSG_NEWSET => typeof(NftSet),
        NfTablesConstants.NFT_MSG_NEWSETELEM or NfTablesConstants.NFT_MSG_DELSETELEM => typeof(NftElementList),
        NfTablesConstants.NFT_MSG_NEWGEN => typeof(NftGeneration),
        _ when messageType == ConntrackConstants.Message(ConntrackConstants.IPCTNL_MSG_CT_NEW) => typeof(ConntrackEntry),
        _ => typeof(void),
    };
}
