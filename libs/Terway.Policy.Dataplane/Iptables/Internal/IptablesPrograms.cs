using System.ComponentModel;
using System.Diagnostics;
using Terway.Netlink;

namespace Terway.Policy.Dataplane.Iptables.Internal;

/// <summary>Runs the programs of iptables and ipset in the node's namespace, with their input on a pipe.</summary>
internal sealed class IptablesPrograms(NetworkNamespace? target, OwnProcesses own)
{
    /// <summary>How long another program may hold the lock of iptables, and how long one may run in all.</summary>
    private const string LockPatienceSeconds = "10";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal string Save(IpVersion version, string table, bool withCounters = false) =>
        Run($"{Prefix(version)}-save", withCounters ? ["-t", table, "-c"] : ["-t", table], "");

    /// <summary>Feeds <c>iptables-restore</c>; nothing to feed starts nothing.</summary>
    internal void Restore(IpVersion version, string input)
    {
        if (input.Length > 0)
            Run($"{Prefix(version)}-restore", ["--noflush", "--wait", LockPatienceSeconds], input);
    }

    internal string SaveSets() => Run("ipset", ["save"], "");

    internal void RestoreSets(string input)
    {
        if (input.Length > 0)
            Run("ipset", ["restore"], input);
    }

    private string Run(string program, string[] arguments, string input)
    {
        try
        {
            return target is null ? Work() : target.Run(Work);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new ProgramFailure(program, input, $"it could not be run: {e.Message}", e);
        }

        string Work()
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = own.Start(start);
            using var output = process.StandardOutput;
            using var error = process.StandardError;
            var outputText = output.ReadToEndAsync();
            var errorText = error.ReadToEndAsync();
            using (var pipe = process.StandardInput)
                pipe.Write(input);
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                process.WaitForExit();
                throw new ProgramFailure(program, input, $"it did not end within {Patience.TotalSeconds} seconds");
            }

            var said = errorText.GetAwaiter().GetResult().Trim();
            return process.ExitCode == 0 ? outputText.GetAwaiter().GetResult() : throw new ProgramFailure(program, input, said);
        }
    }

    private static string Prefix(IpVersion version) => version is IpVersion.V4 ? "iptables" : "ip6tables";
}
