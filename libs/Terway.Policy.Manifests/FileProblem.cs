namespace Terway.Policy.Manifests;

/// <summary>A problem of an object, and the file in which the object is written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Problem">What is wrong.</param>
public sealed record FileProblem(string Path, ResourceProblem Problem)
{
    /// <summary>The problem in a line that begins with the file.</summary>
    public override string ToString() => $"{Path}: {Problem}";
}
