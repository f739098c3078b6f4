namespace Terway.Cni.Internal;

/// <summary>Where a value stands in the text it was read from, so that it can be read later, or not at all.</summary>
internal readonly record struct JsonSlice(int Start, int Length);
