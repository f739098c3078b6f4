namespace Terway.Policy.Internal;

/// <summary>What each object has: its name, its namespace if its kind has one, the rest of its metadata.</summary>
internal sealed record ObjectHeader(string Name, string? Namespace, FieldReader Metadata);
