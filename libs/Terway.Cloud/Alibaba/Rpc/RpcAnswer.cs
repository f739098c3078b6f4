using System.Globalization;

namespace Terway.Cloud.Alibaba;

/// <summary>An answer as it came.</summary>
internal sealed record RpcAnswer(int Status, byte[] Body, TimeSpan? RetryAfter, string? RequestId = null)
{
    /// <summary>Hides what the request was signed with: a cloud that quotes what it got must not bring it into a log.</summary>
    internal SecretMask Mask { get; init; } = SecretMask.None;

    internal static RpcAnswer Of(HttpResponseMessage response, byte[] body) =>
        new((int)response.StatusCode, body, RetryAfterOf(response), HeaderOf(response, "x-acs-request-id"));

    /// <summary>The header counts milliseconds; anything but a positive number is ignored.</summary>
    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        int.TryParse(HeaderOf(response, "x-acs-retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
