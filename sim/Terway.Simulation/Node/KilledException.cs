namespace Terway.Simulation;

/// <summary>The kill, as the code inside a call sees it: nothing after this line runs in the real program.</summary>
internal sealed class KilledException() : Exception("The program was killed.");
