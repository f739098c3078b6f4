namespace Terway.Cloud.Alibaba;

/// <summary>
/// Where a product is called: <c>PRODUCT[-vpc].REGION.aliyuncs.com</c>, with the exceptions of the public network, where some
/// products serve some regions from their central endpoint.
/// </summary>
internal static class EndpointRules
{
    private const string Domain = "aliyuncs.com";

    /// <summary>Regions set apart, which the public endpoint of VPC serves centrally.</summary>
    private static readonly string[] SetApart = ["-finance", "-gov", "-internal"];

    /// <summary>The endpoint of a product.</summary>
    /// <param name="product">The product.</param>
    /// <param name="region">The region; null for a product that is called centrally.</param>
    /// <param name="network">From where it is called.</param>
    /// <param name="plainHttp">Whether by plain HTTP.</param>
    internal static Uri Of(CloudProduct product, RegionId? region, EndpointNetwork network, bool plainHttp)
    {
        var host = region is not { } own ? $"{product.Name}.{Domain}"
            : network == EndpointNetwork.Vpc ? $"{product.Name}-vpc.{own}.{Domain}"
            : PublicHost(product.Name, own.Value);
        return new Uri($"{Scheme(plainHttp)}://{host}/");
    }

    /// <summary>The endpoint that somebody gave, <c>host[:port]</c> or a URL; null when it is empty.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    internal static Uri? Parse(string? given, bool plainHttp)
    {
        if (string.IsNullOrEmpty(given))
            return null;
        var url = given.Contains("://", StringComparison.Ordinal) ? given : $"{Scheme(plainHttp)}://{given}";
        return Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? new Uri(endpoint, "/")
            : throw new ArgumentException($"'{given}' is no endpoint: give host[:port] or a URL.", nameof(given));
    }

    private static string PublicHost(string product, string region) => (product, region) switch
    {
        ("ecs", "cn-hangzhou") => $"ecs-cn-hangzhou.{Domain}",
        ("vpc", "cn-hangzhou") => $"vpc.{Domain}",
        ("vpc", _) when SetApart.Any(part => region.Contains(part, StringComparison.Ordinal)) => $"vpc.{Domain}",
        (_, "cn-zhangjiakou-na62-a01") => $"{product}.cn-zhangjiakou.{Domain}",
        _ => $"{product}.{region}.{Domain}",
    };

    private static string Scheme(bool plainHttp) => plainHttp ? "http" : "https";
}
