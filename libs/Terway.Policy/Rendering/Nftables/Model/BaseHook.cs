namespace Terway.Policy.Nftables;

/// <summary>Where packets enter a chain by themselves.</summary>
/// <param name="Point">The hook.</param>
/// <param name="Priority">Its place among the hook's chains, lower first; 0 is that of filters.</param>
public sealed record BaseHook(HookPoint Point, int Priority);
