using System.Buffers.Binary;
using System.Text.Json;

namespace Terway.Cni.Daemon.Internal;

/// <summary>A frame: four bytes of length, little endian, and a JSON text.</summary>
internal static class Frame
{
    public const int HeaderLength = 4;

    public delegate T Decoder<T>(ReadOnlySpan<byte> json);

    public static byte[] Encode(ReadOnlyMemory<byte> json)
    {
        if (json.Length > DaemonContract.MaxFrameLength)
            throw new DaemonException(ErrorCode.InvalidRequest, $"a frame of {json.Length} bytes is longer than the contract's {DaemonContract.MaxFrameLength}");

        byte[] frame = new byte[HeaderLength + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length);
        json.Span.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The length that a header announces.</summary>
    public static int DecodeLength(ReadOnlySpan<byte> header)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length is 0 or > DaemonContract.MaxFrameLength)
            throw new DaemonException(
                ErrorCode.DaemonProtocol,
                $"a frame announces {length} bytes; the contract allows 1 to {DaemonContract.MaxFrameLength}");
        return (int)length;
    }

    public static T Decode<T>(ReadOnlySpan<byte> json, Decoder<T> decode)
    {
        try
        {
            return decode(json);
        }
        catch (JsonException e)
        {
            throw new DaemonException(ErrorCode.DaemonProtocol, "a frame is not the JSON that the contract describes", e.Message, innerException: e);
        }
    }
}
