using System.Globalization;
using System.Text.RegularExpressions;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>A program that did not do what it was asked.</summary>
/// <param name="program">The program with its arguments.</param>
/// <param name="input">What it read.</param>
/// <param name="error">What it said.</param>
/// <param name="innerException">The cause; null where the program ran and refused.</param>
internal sealed partial class ProgramFailure(string program, string input, string error, Exception? innerException = null)
    : Exception($"{program}: {error}", innerException)
{
    /// <summary>What the program said.</summary>
    internal string Reason => error;

    /// <summary>The line of the input that the program names; null where it names none.</summary>
    internal string? Line
    {
        get
        {
            if (LineNumber().Match(error) is not { Success: true } match)
                return null;
            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            return input.Split('\n').ElementAtOrDefault(number - 1);
        }
    }

    [GeneratedRegex("line:? (?<number>[0-9]{1,9})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineNumber();
}
