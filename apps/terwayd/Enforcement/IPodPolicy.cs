using Terway.Ipam;

namespace Terwayd.Enforcement;

/// <summary>What requests ask of policy.</summary>
internal interface IPodPolicy
{
    /// <summary>Completes when the policies of the lease's pod are in the kernel.</summary>
    /// <exception cref="Terway.Cni.Daemon.DaemonException">They are not, in time, and the fallback is to refuse.</exception>
    Task AdmitAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>The lease is no longer held. Returns at once.</summary>
    void Dismiss(Lease lease);

    /// <summary>What is in force, for people.</summary>
    PolicyRow Describe();
}
