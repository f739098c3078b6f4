namespace Terway.Policy;

/// <summary>A change of what the node needs. Applied in the order given, no event refers to what is not there.</summary>
public abstract record PolicyEvent;

/// <summary>A set is needed, or all its members are these now.</summary>
/// <param name="Id">The set's id, which its kind follows from.</param>
/// <param name="Kind">What its members are.</param>
/// <param name="Members">All members, in no particular order.</param>
public sealed record IpSetUpdated(string Id, IpSetKind Kind, EquatableArray<IpSetMember> Members) : PolicyEvent;

/// <summary>Members of a set came and went.</summary>
/// <param name="Id">The set's id.</param>
/// <param name="Added">Members that it did not have.</param>
/// <param name="Removed">Members that it had.</param>
public sealed record IpSetChanged(string Id, EquatableArray<IpSetMember> Added, EquatableArray<IpSetMember> Removed) : PolicyEvent;

/// <summary>A set is no longer needed.</summary>
/// <param name="Id">The set's id.</param>
public sealed record IpSetRemoved(string Id) : PolicyEvent;

/// <summary>A policy is needed, or reads so now.</summary>
/// <param name="Policy">The policy.</param>
public sealed record PolicyUpdated(ActivePolicy Policy) : PolicyEvent;

/// <summary>A policy is no longer needed.</summary>
/// <param name="Key">The object it came from.</param>
public sealed record PolicyRemoved(ResourceKey Key) : PolicyEvent;

/// <summary>A profile is needed, or reads so now.</summary>
/// <param name="Profile">The profile.</param>
public sealed record ProfileUpdated(ActiveProfile Profile) : PolicyEvent;

/// <summary>A profile is no longer needed.</summary>
/// <param name="Name">Its name.</param>
public sealed record ProfileRemoved(string Name) : PolicyEvent;

/// <summary>A pod of the node is there, or is governed so now.</summary>
/// <param name="Endpoint">The pod.</param>
public sealed record EndpointUpdated(LocalEndpoint Endpoint) : PolicyEvent;

/// <summary>A pod left the node.</summary>
/// <param name="Pod">The pod.</param>
public sealed record EndpointRemoved(ResourceKey Pod) : PolicyEvent;
