namespace Microsoft.CodeAnalysis;

/// <summary>Keeps a type that several assemblies link as source to each of them, also from tests that see their internals.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed partial class EmbeddedAttribute : Attribute;
