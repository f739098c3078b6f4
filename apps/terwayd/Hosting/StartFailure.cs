using Microsoft.Extensions.Options;
using Terway.Cloud;
using Terway.Cni.Daemon;
using Terway.Datapath;
using Terway.Ipam;
using Terway.Netlink;
using Terway.Policy.Dataplane;
using Terway.Policy.Manifests;

namespace Terwayd.Hosting;

/// <summary>An expected reason for which the daemon cannot run, whichever package it comes from; anything else is a defect.</summary>
internal sealed record StartFailure(string Code, string Reason, string Hint)
{
    internal static StartFailure? Of(Exception e) => e switch
    {
        TerwaydException own => new(own.Code, own.Message, own.Hint),
        IpamException pool => new(pool.Code, $"{pool.Operation} {pool.Subject}: {pool.Reason}", pool.Hint),
        DaemonException contract => new(contract.Error.Code.Value, contract.Error.Message, contract.Error.Hint ?? ""),
        CloudApiException cloud => new(cloud.Code, cloud.Message, "check the node's way to the metadata service and to the cloud's API, and its permissions"),
        DatapathException kernel => new(kernel.Error.ToString(), kernel.Message, "check the node's links and default route, and that the daemon runs as root"),
        NetlinkException kernel => new(nameof(DatapathError.KernelRefused), kernel.Message, "check that the daemon runs as root in the node's network namespace"),
        ManifestException manifests => new(ManifestException.Code, manifests.Message, manifests.Hint),
        PolicyDataplaneException policy => new(policy.Code, policy.Message, policy.Hint),
        OptionsValidationException options => new(DaemonErrors.ConfigurationInvalid, options.Message, "correct eni_conf and start again"),
        IOException or UnauthorizedAccessException => new(DaemonErrors.FileUnusable, e.Message, "check the folder's permissions and space"),
        _ => null,
    };
}
