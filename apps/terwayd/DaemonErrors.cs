namespace Terwayd;

/// <summary>Stable codes of the daemon's own failures, at start, in answers and on the command line.</summary>
internal static class DaemonErrors
{
    internal const string ConfigurationInvalid = nameof(ConfigurationInvalid);
    internal const string ConfigurationUnreadable = nameof(ConfigurationUnreadable);
    internal const string DaemonModeUnsupported = nameof(DaemonModeUnsupported);
    internal const string AlreadyRunning = nameof(AlreadyRunning);
    internal const string SocketUnusable = nameof(SocketUnusable);
    internal const string CredentialsUnreadable = nameof(CredentialsUnreadable);
    internal const string ConflistInvalid = nameof(ConflistInvalid);
    internal const string ConflistUnwritable = nameof(ConflistUnwritable);
    internal const string FileUnusable = nameof(FileUnusable);
    internal const string PolicyNotInForce = nameof(PolicyNotInForce);
    internal const string ProbesUnreadable = nameof(ProbesUnreadable);
    internal const string ProbesInvalid = nameof(ProbesInvalid);
}
