using Terway.Cni;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Netlink;

namespace Terway.CniPlugin;

/// <summary>The plugin: which command does what, and how failures are told.</summary>
/// <param name="requestId">Names this invocation on both sides of the daemon's socket.</param>
/// <param name="log">Takes lines for people.</param>
internal sealed class TerwayPlugin(string requestId, Action<string> log) : ICniPlugin
{
    public string About => "terway-cni: gives containers addresses of an Alibaba Cloud VPC";

    public CniResult Add(CniRequest request, CancellationToken cancellationToken) =>
        Run(request, TerwayConfigurationReader.Read, "connecting", invocation => new AddCommand(invocation).Run(cancellationToken));

    public void Delete(CniRequest request, CancellationToken cancellationToken) =>
        Run(request, TerwayConfigurationReader.ReadOrDefault, "disconnecting", invocation => new DeleteCommand(invocation).Run(cancellationToken));

    public void Check(CniRequest request, CancellationToken cancellationToken) =>
        Run(request, TerwayConfigurationReader.Read, "checking", invocation => new CheckCommand(invocation).Run(cancellationToken));

    /// <summary>The daemon holds what outlives a container, so it is the daemon that collects.</summary>
    public void CollectGarbage(CniRequest request, CancellationToken cancellationToken) =>
        Run(request, TerwayConfigurationReader.Read, "collecting", invocation =>
        {
            var collect = new CollectRequest
            {
                Network = invocation.Network,
                Valid = request.Configuration.ValidAttachments ?? throw new CniException(
                    CniErrorCode.InvalidConfiguration, "GC came without the list of valid attachments (cni.dev/valid-attachments), which is not an empty list",
                    reason: "NoValidAttachments"),
            };
            foreach (Attachment released in invocation.Daemon.Collect(collect, cancellationToken))
                invocation.Trace($"released {released}");
        });

    public void Status(CniRequest request, CancellationToken cancellationToken) =>
        Run(request, TerwayConfigurationReader.Read, "asking", invocation =>
        {
            try
            {
                invocation.Daemon.Status(cancellationToken);
            }
            catch (DaemonException e)
            {
                throw Failures.OfStatus(e, requestId);
            }
        });

    private void Run(CniRequest request, Func<NetworkConfiguration, TerwayConfiguration> read, string doing, Action<Invocation> command) =>
        Run(request, read, doing, invocation =>
        {
            command(invocation);
            return true;
        });

    private T Run<T>(CniRequest request, Func<NetworkConfiguration, TerwayConfiguration> read, string doing, Func<Invocation, T> command)
    {
        using var invocation = new Invocation(request, read(request.Configuration), requestId, log);
        string attempt = request.ContainerId.Length > 0
            ? $"{doing} {request.IfName} of {invocation.Pod}"
            : $"{doing} for network {invocation.Network}";
        try
        {
            return command(invocation);
        }
        catch (DaemonException e)
        {
            throw Failures.Of(attempt, e, requestId);
        }
        catch (DatapathException e)
        {
            throw Failures.Of(attempt, e, requestId);
        }
        catch (NetlinkException e)
        {
            throw Failures.Of(attempt, e, requestId);
        }
    }
}
