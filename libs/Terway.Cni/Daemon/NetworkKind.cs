namespace Terway.Cni.Daemon;

/// <summary>How a pod is connected (upstream's <c>IPType</c>).</summary>
public enum NetworkKind
{
    /// <summary>A secondary address of an ENI that pods share.</summary>
    EniMultiIp,

    /// <summary>An ENI of the pod's own.</summary>
    VpcEni,
}
