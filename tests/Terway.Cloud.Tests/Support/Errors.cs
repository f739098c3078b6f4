namespace Terway.Cloud.Tests;

internal static class Errors
{
    /// <summary>The failure of a call that must fail.</summary>
    internal static async Task<CloudApiException> OfAsync(Func<Task> call) =>
        (await FluentActions.Awaiting(call).Should().ThrowExactlyAsync<CloudApiException>()).Which;
}
