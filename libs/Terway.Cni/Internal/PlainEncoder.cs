using System.Text.Encodings.Web;

namespace Terway.Cni.Internal;

/// <summary>
/// Escapes what JSON says must be escaped and nothing else: the texts are read by programs and by people in logs, none is put into HTML.
/// The encoders of the framework make tables of all of Unicode when they are first used, which a plugin would pay for in every run.
/// </summary>
internal sealed unsafe class PlainEncoder : JavaScriptEncoder
{
    /// <summary>A control character becomes six: <c>\u001f</c>.</summary>
    private const int EscapeLength = 6;

    public override int MaxOutputCharactersPerInputCharacter => EscapeLength;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or 0x7f;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int i = 0; i < textLength; i++)
            if (WillEncode(text[i]) || IsLoneSurrogate(text, textLength, ref i))
                return i;
        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        numberOfCharactersWritten = 0;
        var output = new Span<char>(buffer, bufferLength);
        if (unicodeScalar is '"' or '\\')
        {
            if (output.Length < 2)
                return false;
            (output[0], output[1]) = ('\\', (char)unicodeScalar);
            numberOfCharactersWritten = 2;
            return true;
        }
        return output.TryWrite($"\\u{unicodeScalar:x4}", out numberOfCharactersWritten);
    }

    /// <summary>A pair is passed over as one; half of one is given to the caller, which replaces it.</summary>
    private static bool IsLoneSurrogate(char* text, int textLength, ref int index)
    {
        if (!char.IsSurrogate(text[index]))
            return false;
        if (index + 1 >= textLength || !char.IsSurrogatePair(text[index], text[index + 1]))
            return true;
        index++;
        return false;
    }
}
