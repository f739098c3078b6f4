namespace Terway.Cni.Tests.Spec;

/// <summary>A plugin that only remembers what it was asked.</summary>
internal sealed class RecordingPlugin : ICniPlugin
{
    public List<CniRequest> Requests { get; } = [];

    public CniResult Result { get; set; } = new();

    public Action<CniRequest, CancellationToken>? OnCall { get; set; }

    public string About => "a recording plugin";

    public CniRequest Request => Requests.Should().ContainSingle().Subject;

    public CniResult Add(CniRequest request, CancellationToken cancellationToken)
    {
        Record(request, cancellationToken);
        return Result;
    }

    public void Delete(CniRequest request, CancellationToken cancellationToken) => Record(request, cancellationToken);

    public void Check(CniRequest request, CancellationToken cancellationToken) => Record(request, cancellationToken);

    public void CollectGarbage(CniRequest request, CancellationToken cancellationToken) => Record(request, cancellationToken);

    public void Status(CniRequest request, CancellationToken cancellationToken) => Record(request, cancellationToken);

    private void Record(CniRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        OnCall?.Invoke(request, cancellationToken);
    }
}
