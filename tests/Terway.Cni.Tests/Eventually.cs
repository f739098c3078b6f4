namespace Terway.Cni.Tests;

/// <summary>Waits for what another thread or program does; what never comes fails the test instead of holding up the run.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void IsTrue(Func<bool> condition) =>
        SpinWait.SpinUntil(condition, Patience).Should().BeTrue("it should have come true within {0}", Patience);
}
