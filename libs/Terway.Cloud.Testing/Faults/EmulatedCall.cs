namespace Terway.Cloud.Testing;

/// <summary>A call that has arrived, as a fault policy sees it.</summary>
/// <param name="Sequence">1 for the first call to this emulator.</param>
/// <param name="Action">The action.</param>
/// <param name="Request">The request as the seam's type, such as <see cref="CreateNetworkInterfaceRequest"/>.</param>
/// <param name="Time">When it arrived.</param>
public sealed record EmulatedCall(long Sequence, string Action, object Request, DateTimeOffset Time)
{
    /// <summary>Whether the call changes nothing.</summary>
    public bool IsRead => Action.StartsWith("Describe", StringComparison.Ordinal);
}
