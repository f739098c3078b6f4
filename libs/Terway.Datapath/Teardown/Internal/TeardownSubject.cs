using System.Collections.Immutable;
using System.Net;

namespace Terway.Datapath;

/// <summary>What is to be taken away, whether it is known from a plan or from a name.</summary>
internal sealed record TeardownSubject(string Title, string HostLink, string PodLink, ImmutableArray<IPAddress> Addresses, bool IsNewestSandbox);
