namespace Terway.Cloud.Alibaba;

/// <summary>Reads the body of an answer, up to a size.</summary>
internal static class BoundedBody
{
    /// <exception cref="HttpRequestException">The body is longer.</exception>
    internal static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > maxBytes)
                throw new HttpRequestException($"The answer is longer than {maxBytes} bytes.");
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
