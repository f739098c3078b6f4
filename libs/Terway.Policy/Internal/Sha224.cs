using System.Buffers.Binary;
using System.Numerics;

namespace Terway.Policy.Internal;

/// <summary>SHA-224 (FIPS 180-4, sections 5.3.2 and 6.3), which the platform does not offer. For names only, not for secrets.</summary>
internal static class Sha224
{
    private const int BlockSize = 64;
    private const int DigestSize = 28;

    private static ReadOnlySpan<uint> InitialState =>
        [0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4];

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    internal static byte[] Hash(ReadOnlySpan<byte> content)
    {
        var padded = new byte[(content.Length + 1 + sizeof(ulong) + BlockSize - 1) / BlockSize * BlockSize];
        content.CopyTo(padded);
        padded[content.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - sizeof(ulong)), (ulong)content.Length * 8);

        Span<uint> state = stackalloc uint[8];
        InitialState.CopyTo(state);
        for (var at = 0; at < padded.Length; at += BlockSize)
            Compress(state, padded.AsSpan(at, BlockSize));

        var digest = new byte[DigestSize];
        for (var i = 0; i < DigestSize / sizeof(uint); i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * sizeof(uint)), state[i]);
        return digest;
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[BlockSize];
        for (var i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        for (var i = 16; i < w.Length; i++)
            w[i] = w[i - 16] + SmallSigma(w[i - 15], 7, 18, 3) + w[i - 7] + SmallSigma(w[i - 2], 17, 19, 10);

        Span<uint> v = stackalloc uint[8];
        state.CopyTo(v);
        for (var i = 0; i < w.Length; i++)
        {
            var t1 = v[7] + BigSigma(v[4], 6, 11, 25) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + Constants[i] + w[i];
            var t2 = BigSigma(v[0], 2, 13, 22) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            v[..7].CopyTo(v[1..]);
            v[4] += t1;
            v[0] = t1 + t2;
        }

        for (var i = 0; i < state.Length; i++)
            state[i] += v[i];
    }

    private static uint SmallSigma(uint x, int a, int b, int shift) =>
        BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ (x >> shift);

    private static uint BigSigma(uint x, int a, int b, int c) =>
        BitOperations.RotateRight(x, a) ^ BitOperations.RotateRight(x, b) ^ BitOperations.RotateRight(x, c);
}
