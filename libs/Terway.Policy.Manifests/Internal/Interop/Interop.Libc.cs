namespace Terway.Policy.Manifests.Internal;

/// <summary>What this library calls in the C library, one symbol a file.</summary>
internal static partial class Interop
{
    private const string Libc = "libc";
}
