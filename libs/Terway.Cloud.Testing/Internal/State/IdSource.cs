using System.Net.NetworkInformation;

namespace Terway.Cloud.Testing.Internal;

/// <summary>Every id and MAC address of an emulator, from one seed.</summary>
internal sealed class IdSource(Random random)
{
    private const string SecretMark = "do-not-log-";
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private readonly HashSet<uint> _macs = [];

    /// <summary>An id of the cloud's look: a prefix, the region's code and lower-case letters and digits.</summary>
    internal string Next(string prefix)
    {
        Span<char> tail = stackalloc char[17];
        foreach (ref var letter in tail)
            letter = Letters[random.Next(Letters.Length)];
        return $"{prefix}-bp1{tail}";
    }

    internal RequestId NextRequestId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new RequestId(new Guid(bytes).ToString("D").ToUpperInvariant());
    }

    internal PhysicalAddress NextMac()
    {
        uint tail;
        do
        {
            tail = (uint)random.Next(1 << 24);
        }
        while (!_macs.Add(tail));
        return new PhysicalAddress([0x00, 0x16, 0x3e, (byte)(tail >> 16), (byte)(tail >> 8), (byte)tail]);
    }

    internal string NextText(int length)
    {
        Span<char> text = stackalloc char[length];
        foreach (ref var letter in text)
            letter = Letters[random.Next(Letters.Length)];
        return new string(text);
    }

    /// <summary>A secret that carries the mark by which a test finds it where it must not be.</summary>
    internal string NextSecret(int length) => SecretMark + NextText(length - SecretMark.Length);
}
