using System.Net;
using System.Text.Json.Serialization;

namespace Terway.Cni.Daemon;

/// <summary>A prefix that leaves through one interface of a pod.</summary>
/// <param name="Destination">The prefix.</param>
public sealed record ExtraRoute([property: JsonPropertyName("Dst")] IPNetwork Destination);
