using System.Net;
using Terway.Cloud;
using Terway.Ipam.Store;

namespace Terway.Ipam.Tests.Simulation;

/// <summary>One life of the node's program, from its start to its end or to the moment it is killed.
/// After that moment nothing it does reaches the cloud or the store any more.</summary>
internal sealed class NodeLife
{
    public bool Dead { get; private set; }

    /// <summary>Set when a kill strikes inside a call or a commit.</summary>
    public bool Struck { get; private set; }

    public void Kill() => Dead = true;

    public void Strike()
    {
        Struck = true;
        Dead = true;
    }
}

/// <summary>The kill, as the code inside a commit sees it: nothing after this line runs in the real program.</summary>
internal sealed class KilledException() : Exception("The program was killed.");
