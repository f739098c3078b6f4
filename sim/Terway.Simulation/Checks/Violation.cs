namespace Terway.Simulation;

/// <summary>A broken promise.</summary>
/// <param name="Kind">Which promise, in words that are the same for every case of it.</param>
/// <param name="Text">What was seen.</param>
internal sealed record Violation(string Kind, string Text);
