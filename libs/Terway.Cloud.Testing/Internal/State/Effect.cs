namespace Terway.Cloud.Testing.Internal;

/// <summary>What an operation leaves to be done after it.</summary>
internal abstract record Effect
{
    /// <summary>The fabric shall learn the new addresses of an attached ENI before the call is answered.</summary>
    internal sealed record AddressesChanged(NetworkInterface Eni, InstanceId Instance) : Effect;

    /// <summary>An attach, detach or delete was accepted and shall complete later.</summary>
    internal sealed record Transition(EniId Eni) : Effect;

    /// <summary>The metadata service of an instance shall follow.</summary>
    internal sealed record MetadataChanged(InstanceId Instance) : Effect;
}
