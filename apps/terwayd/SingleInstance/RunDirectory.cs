namespace Terwayd.SingleInstance;

/// <summary>Folders that only root may look into.</summary>
internal static class RunDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the folder of a file with mode 0700 if it is missing.</summary>
    internal static void EnsureFor(string filePath)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(filePath)) is { } folder)
            Directory.CreateDirectory(folder, OwnerOnly);
    }
}
