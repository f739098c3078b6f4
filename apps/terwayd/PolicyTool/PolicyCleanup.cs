using Terway.Policy.Dataplane;

namespace Terwayd.PolicyTool;

/// <summary>Takes all rules of ours out of the kernel of this network namespace. A daemon that runs with policy puts them back at once.</summary>
internal sealed class PolicyCleanup(Func<IPolicyBackend> open, TextWriter output, TextWriter errors)
{
    internal int Run()
    {
        try
        {
            using var backend = open();
            backend.Remove();
            output.WriteLine("Removed: every pod of this node is open now. A daemon that runs with policy puts its rules back at once.");
            return 0;
        }
        catch (PolicyDataplaneException e)
        {
            errors.WriteLine($"{e.Code}: {e.Message} ({e.Hint})");
            return 1;
        }
    }
}
