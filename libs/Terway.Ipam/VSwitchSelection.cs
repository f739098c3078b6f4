namespace Terway.Ipam;

/// <summary>Which vSwitch a new ENI goes to.</summary>
public enum VSwitchSelection
{
    /// <summary>Any of them, with equal chance.</summary>
    Random,

    /// <summary>The first of the list that has free addresses.</summary>
    Ordered,

    /// <summary>The one with the most free addresses.</summary>
    Most,
}
