using Terway.Sandbox.Show;

namespace Terway.Sandbox.Story;

/// <summary>What had to be true, counted.</summary>
internal sealed class Checklist(SandboxConsole console)
{
    public int Passed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Shows and counts one statement.</summary>
    public void Check(string what, bool isTrue)
    {
        console.Checked(what, isTrue);
        Count(isTrue ? 1 : 0, isTrue ? 0 : 1);
    }

    /// <summary>Counts statements that are shown otherwise, as the cells of a matrix are.</summary>
    public void Count(int passed, int failed)
    {
        Passed += passed;
        Failed += failed;
    }
}
