using Terway.Ipam;

namespace Terwayd.Enforcement;

/// <summary>Policy that is switched off, or has no source: every pod is open, and no rule stands.</summary>
internal sealed class NoPolicy(string node, string reason) : IPodPolicy
{
    public Task AdmitAsync(Lease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dismiss(Lease lease)
    {
        // Nothing was made for it.
    }

    public PolicyRow Describe() => new() { Node = node, State = PolicyRow.Off, Reason = reason };
}
