namespace Terway.Simulation;

/// <summary>One life of the daemon, from its start to its end or to the moment it is killed. After that moment nothing it does reaches
/// the cloud, the kernel or the store any more.</summary>
internal sealed class NodeLife
{
    /// <summary>Whether nothing of it has an effect any more.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Whether it was killed inside a call, a commit or a change of the kernel, and nobody has seen to it yet.</summary>
    internal bool IsStruck { get; private set; }

    internal void End() => IsOver = true;

    internal void Strike()
    {
        IsStruck = true;
        IsOver = true;
    }
}
