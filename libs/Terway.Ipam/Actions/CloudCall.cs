using Terway.Cloud;
using Terway.Ipam.Internal;
using Terway.Ipam.Planning;

namespace Terway.Ipam.Actions;

/// <summary>Makes one cloud call with a bound on its time, and turns its failure into what the pool does about it.</summary>
internal sealed class CloudCall(PoolCore core)
{
    /// <summary>Runs a call. A call that runs out of time has an unknown outcome, like one whose answer got lost.</summary>
    public async Task<T> RunAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(core.Options.CallTimeout, core.Clock.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            return await call(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested)
        {
            throw new CloudApiException(action, CloudErrorKind.Ambiguous, "Client.Timeout",
                $"no answer within {core.Options.CallTimeout.TotalSeconds:0} s", e);
        }
    }

    /// <summary>Remembers a failure and pauses what it concerns. The caller holds the lock.</summary>
    public void FailedLocked(ActionKind kind, CloudApiException error, PoolEni? eni, string subject, int addresses = 1)
    {
        var now = core.Now;
        var reaction = CloudReaction.For(error.Kind);
        var fault = reaction.ToFault(error, subject, now);
        var pauses = core.State.Pauses;
        core.State.History.Failed(eni, fault, error.RequestId);
        core.Log.CloudFailed(fault.Operation, fault.Subject, fault.Reason, fault.Code);
        if (reaction.Scope == ReactionScope.Eni && eni is not null)
        {
            DelayLocked(eni);
            pauses.Keep(kind.ToString(), fault);
        }
        else if (reaction.Scope == ReactionScope.VSwitch && eni is not null)
        {
            core.State.VSwitches.Refused(eni.Intent.VSwitch, addresses, now + core.Options.VSwitchSetAside);
            pauses.Keep(kind.ToString(), fault);
        }
        else if (reaction.Length == ReactionLength.Quota)
        {
            pauses.Double(kind, fault, core.Options.QuotaPause, now);
        }
        else if (reaction.Length == ReactionLength.Refusal)
        {
            pauses.Set(kind, fault, now + core.Options.RefusalPause);
        }
        else
        {
            pauses.Grow(kind, fault, error.RetryAfter, now);
        }
    }

    /// <summary>Makes the next action on one ENI wait, longer after each failure.</summary>
    public void DelayLocked(PoolEni eni)
    {
        eni.Failures++;
        eni.NotBefore = core.Now + Backoff.ForEni.Delay(eni.Failures, core.Random);
    }

    public void SucceededLocked(ActionKind kind, PoolEni? eni)
    {
        core.State.Pauses.Succeeded(kind);
        if (eni is not null)
            eni.Failures = 0;
    }
}
