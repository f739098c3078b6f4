using System.Net.NetworkInformation;
using Terway.Cloud.Alibaba;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The metadata service of one instance as the seam, without HTTP.</summary>
internal sealed class InMemoryMetadata(CloudEmulator emulator, InstanceId id) : IInstanceMetadata
{
    public Task<InstanceIdentity> GetInstanceAsync(CancellationToken cancellationToken) =>
        AskAsync("instance", () => InstanceView.Identity(emulator.World, id));

    public Task<EquatableArray<PhysicalAddress>> GetMacAddressesAsync(CancellationToken cancellationToken) =>
        AskAsync("network/interfaces/macs/", () => Published().Select(eni => eni.MacAddress).ToEquatableArray());

    public Task<MetadataInterface?> GetInterfaceAsync(PhysicalAddress macAddress, CancellationToken cancellationToken) =>
        AskAsync($"network/interfaces/macs/{EniShape.Mac(macAddress)}/", () => Published().FirstOrDefault(eni => eni.MacAddress.Equals(macAddress)));

    private EquatableArray<MetadataInterface> Published()
    {
        lock (emulator.World.Gate)
            return emulator.World.Instance(id).Published;
    }

    private Task<T> AskAsync<T>(string path, Func<T> read)
    {
        if (emulator.Pipeline.StrikeMetadata(path) is not { } fault)
            return Answer(read);
        var done = new TaskCompletionSource<Task<T>>();
        emulator.Pipeline.Delays.Run(fault.ExtraDelay + fault.Silence, () => done.SetResult(Failure(fault) is { } failure ? Task.FromException<T>(failure) : Answer(read)));
        return done.Task.Unwrap();
    }

    private static CloudApiException? Failure(EmulatedFault fault)
    {
        if (fault.ReplyLost)
            return new CloudApiException("metadata", CloudErrorKind.Retryable, AlibabaErrors.TimeoutCode, "No answer came in time.");
        return fault.Status is { } status
            ? new CloudApiException("metadata", status >= 500 ? CloudErrorKind.Retryable : CloudErrorKind.Permission, $"Http{status}", "The metadata service refused.") { HttpStatus = status }
            : null;
    }

    /// <summary>An instance that was released has no metadata service, as over HTTP.</summary>
    private static Task<T> Answer<T>(Func<T> read)
    {
        try
        {
            return Task.FromResult(read());
        }
        catch (Refusal refusal)
        {
            return Task.FromException<T>(new CloudApiException("metadata", CloudErrorKind.NotFound, "Http404", refusal.Message) { HttpStatus = 404 });
        }
    }
}
