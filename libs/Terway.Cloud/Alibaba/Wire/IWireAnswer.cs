namespace Terway.Cloud.Alibaba;

/// <summary>What every answer carries.</summary>
internal interface IWireAnswer
{
    string? RequestId { get; }
}
