namespace Terway.Cni.Internal;

/// <summary>What names may look like. Each rule returns null, or what is wrong as the end of a sentence.</summary>
internal static class NameRules
{
    private const int MaxName = 255;
    private const int MaxInterfaceName = 15;
    private const int MaxPath = 4095;
    private const int MaxShown = 80;

    /// <summary>The specification's charset of network names and container ids.</summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > MaxName || !char.IsAsciiLetterOrDigit(text[0]))
            return false;
        foreach (char c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
                return false;
        return true;
    }

    public static string? WhyNotContainerId(string text) =>
        IsName(text) ? null : $"is not a letter or digit followed by letters, digits, '_', '.' and '-', {MaxName} at most";

    public static string? WhyNotInterfaceName(string text)
    {
        if (text.Length > MaxInterfaceName)
            return $"is longer than {MaxInterfaceName} characters";
        if (text is "." or "..")
            return "is not a name";
        if (text is "lo" or "all" or "default")
            return "is a name that the kernel uses itself";
        foreach (char c in text)
            if (c is '/' or ':' || char.IsWhiteSpace(c) || char.IsControl(c) || !char.IsAscii(c))
                return "has a character that an interface name can not have";
        return null;
    }

    public static string? WhyNotNamespacePath(string text)
    {
        if (text[0] != '/')
            return "is not an absolute path";
        if (text.Length > MaxPath)
            return $"is longer than {MaxPath} characters";
        foreach (Range part in text.AsSpan().Split('/'))
            if (text.AsSpan()[part] is "..")
                return "goes up with '..'";
        foreach (char c in text)
            if (char.IsControl(c))
                return "has a control character";
        return null;
    }

    /// <summary>A value from outside, safe to show: bounded, and without control characters.</summary>
    public static string Shorten(string text)
    {
        string shown = text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "…");
        return string.Create(shown.Length, shown, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
    }
}
