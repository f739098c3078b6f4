using System.Net.Sockets;
using System.Text.Json;
using Terway.Sandbox.Manifests;

namespace Terway.Sandbox.Control;

/// <summary>Answers the commands that come after <c>sandbox up</c>, until one of them is <c>down</c>.</summary>
internal sealed class ControlServer(VpcSandbox sandbox, FollowedFolders followed) : IDisposable
{
    private const int Backlog = 16;

    private readonly CancellationTokenSource _stop = new();
    private Socket? _askedDown;

    /// <summary>
    /// Serves until asked to go down, then runs <paramref name="tearDown"/> and only then answers, so that whoever asked finds
    /// nothing left. <paramref name="listening"/> is called once commands can come.
    /// </summary>
    public async Task RunAsync(Action listening, Func<Task> tearDown, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(sandbox.Name.ControlSocket));
        listener.Listen(Backlog);
        listening();
        await using var cancelled = cancellationToken.Register(_stop.Cancel);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptAsync(_stop.Token), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Asked to go down.
            }
        }

        await tearDown();
        if (_askedDown is { } socket)
            await AnswerAsync(socket, new ControlReply());
    }

    public void Dispose() => _stop.Dispose();

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var request = await JsonSerializer.DeserializeAsync(stream, ControlJson.Default.ControlRequest, cancellationToken);
            if (request?.Down == true)
            {
                _askedDown = socket;
                await _stop.CancelAsync();
                return;
            }

            await AnswerAsync(socket, await HandleAsync(request ?? new ControlRequest(), cancellationToken));
        }
        catch (Exception e) when (e is JsonException or IOException or SocketException or OperationCanceledException)
        {
            // Whoever asked went away or spoke something else; nobody is left to tell.
            socket.Dispose();
        }
    }

    private static async Task AnswerAsync(Socket socket, ControlReply reply)
    {
        using (socket)
        {
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            await JsonSerializer.SerializeAsync(stream, reply, ControlJson.Default.ControlReply);
        }
    }

    private async Task<ControlReply> HandleAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ReplyAsync(request, cancellationToken);
        }
        // Whatever fails, whoever asked is told, and the sandbox goes on.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ControlReply { Error = e.Message };
        }
    }

    private async Task<ControlReply> ReplyAsync(ControlRequest request, CancellationToken cancellationToken) => request switch
    {
        { Probe: { } order } => await ProbeAsync(order, cancellationToken),
        { Holder: { } name } => new ControlReply { HolderProcess = sandbox.HolderOf(name).ProcessId },
        { Create: { } folder } => await CreateAsync(folder, cancellationToken),
        { Delete: { } pod } => await DeleteAsync(PodName.Parse(pod), cancellationToken),
        { Pods: true } => new ControlReply { Pods = sandbox.DescribePods() },
        { Spoofed: true } => new ControlReply { Spoofed = await SpoofedAsync(cancellationToken) },
        _ => throw new SandboxException("The request asks for nothing."),
    };

    /// <summary>What the manifests say at this moment is in force on every node before the first packet is sent.</summary>
    private async Task<ControlReply> ProbeAsync(ProbeOrder order, CancellationToken cancellationToken)
    {
        await followed.RefreshAsync(cancellationToken);
        return new ControlReply { Results = await sandbox.ProbeAsync(order.Probes, TimeSpan.FromSeconds(order.PatienceSeconds), cancellationToken) };
    }

    private async Task<ControlReply> CreateAsync(string folder, CancellationToken cancellationToken)
    {
        var content = ManifestReader.ReadFolder(folder).WithPods(folder);
        followed.Add(folder);
        await followed.RefreshAsync(cancellationToken);
        await sandbox.CreatePodsAsync(content.Pods, cancellationToken);
        return new ControlReply { Pods = sandbox.DescribePods() };
    }

    private async Task<ControlReply> DeleteAsync(PodName pod, CancellationToken cancellationToken)
    {
        await sandbox.DeletePodAsync(pod, cancellationToken);
        return new ControlReply();
    }

    private async Task<IReadOnlyList<SpoofedRow>> SpoofedAsync(CancellationToken cancellationToken) =>
        [.. (await sandbox.Fabric.SpoofedAsync(cancellationToken)).Select(s => new SpoofedRow(s.Eni?.Value ?? "-", s.Mac, s.Source.ToString(), s.Packets))];
}
