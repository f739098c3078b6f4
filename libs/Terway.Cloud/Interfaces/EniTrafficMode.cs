namespace Terway.Cloud;

/// <summary>How an ENI moves packets.</summary>
/// <param name="Value">The text as the cloud writes it.</param>
/// <remarks>An open set: the cloud may answer a text that is not among the known members.</remarks>
public readonly record struct EniTrafficMode(string Value)
{
    /// <summary>The ordinary TCP/IP path.</summary>
    public static EniTrafficMode Standard => new("Standard");

    /// <summary>Elastic RDMA.</summary>
    public static EniTrafficMode HighPerformance => new("HighPerformance");

    /// <summary>The text as the cloud writes it.</summary>
    public override string ToString() => Value ?? "";
}
