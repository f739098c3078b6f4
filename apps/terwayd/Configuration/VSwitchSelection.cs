namespace Terwayd.Configuration;

/// <summary><c>vswitch_selection_policy</c>. Upstream reads <c>ordered</c> as "most available addresses first", and so do we.</summary>
internal enum VSwitchSelection
{
    /// <summary>Any of the vSwitches that has room.</summary>
    Random,

    /// <summary>The vSwitch with the most free addresses first.</summary>
    MostAvailable,
}
