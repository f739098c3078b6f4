namespace Terway.Sandbox.Soak;

/// <summary>Fills the disk under a node's store, and empties it again.</summary>
internal sealed class FullDisk(string folder) : IDisposable
{
    private readonly string _file = Path.Combine(folder, "filler");

    /// <summary>Returns once nothing more fits.</summary>
    public static FullDisk Fill(string folder)
    {
        var disk = new FullDisk(folder);
        var block = new byte[4096];
        using var file = new FileStream(disk._file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }

        return disk;
    }

    public void Dispose() => File.Delete(_file);
}
