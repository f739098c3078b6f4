using System.Reflection;

namespace Terwayd.Hosting;

/// <summary>The version that the build gave this program.</summary>
internal static class ProgramVersion
{
    internal static string Text =>
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
