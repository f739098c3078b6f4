using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Terway.Sandbox.Tests.Runtimes;

/// <summary>A container image made here from the machine's static busybox, in the form that <c>docker save</c> writes.</summary>
internal static class BusyboxImage
{
    public const string Name = "docker.io/library/terway-busybox:test";

    private const string Busybox = "/bin/busybox";
    private const UnixFileMode Program = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;

    public static void Write(string path)
    {
        var layer = Archive(tar =>
        {
            foreach (var folder in new[] { "bin", "dev", "etc", "proc", "sys", "tmp" })
                tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder) { Mode = Program });
            Add(tar, "bin/busybox", File.ReadAllBytes(Busybox), Program);
            Add(tar, "etc/passwd", "root:x:0:0:root:/:/bin/sh\n"u8.ToArray(), Plain);
        });
        var config = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray(Busybox, "sh"), ["Env"] = new JsonArray("PATH=/bin") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray($"sha256:{Convert.ToHexStringLower(SHA256.HashData(layer))}") },
            ["history"] = new JsonArray(),
        };
        var manifest = new JsonArray(new JsonObject { ["Config"] = "config.json", ["RepoTags"] = new JsonArray(Name), ["Layers"] = new JsonArray("layer.tar") });
        File.WriteAllBytes(path, Archive(tar =>
        {
            Add(tar, "config.json", Encoding.UTF8.GetBytes(config.ToJsonString()), Plain);
            Add(tar, "layer.tar", layer, Plain);
            Add(tar, "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()), Plain);
        }));
    }

    private static byte[] Archive(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            write(tar);
        return bytes.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content, UnixFileMode mode) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = mode, DataStream = new MemoryStream(content) });
}
