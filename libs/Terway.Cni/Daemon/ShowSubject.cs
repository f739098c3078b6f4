namespace Terway.Cni.Daemon;

/// <summary>What <see cref="DaemonOperation.Show"/> describes.</summary>
public enum ShowSubject
{
    /// <summary>The pods and the addresses that they hold.</summary>
    Pods,

    /// <summary>The node's network interfaces.</summary>
    Enis,

    /// <summary>The pool: what is free, what rests, what is wanted.</summary>
    Pool,

    /// <summary>Network policy: what is in force on the node, and since when.</summary>
    Policy,
}
