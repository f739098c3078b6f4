namespace Terwayd.CommandLine;

/// <summary>The RAM role that the pod's service account takes (RRSA), as the environment names it.</summary>
internal sealed record ServiceAccountRole(string RoleArn, string ProviderArn, string TokenPath, string SessionName);
