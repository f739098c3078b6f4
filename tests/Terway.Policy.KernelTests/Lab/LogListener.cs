using System.Diagnostics;
using System.Text;
using Terway.Netlink;

namespace Terway.Policy.KernelTests;

/// <summary>Takes what a namespace logs to a group of <c>nfnetlink_log</c>, by <c>tcpdump</c>.</summary>
internal sealed class LogListener : IDisposable
{
    private readonly Process _process;

    public LogListener(NetworkNamespace where, int group)
    {
        ProcessStartInfo start = new("tcpdump", ["-i", $"nflog:{group}", "-c", "1", "-U", "-w", "-"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = where.Run(() => Process.Start(start)!);
        _process.StandardError.ReadLine().Should().Contain("listening on");
    }

    /// <summary>The first packet as it was logged, with what stands before it.</summary>
    public string First()
    {
        using StreamReader output = new(_process.StandardOutput.BaseStream, Encoding.Latin1);
        Task<string> all = output.ReadToEndAsync();
        all.Wait(TimeSpan.FromMinutes(1)).Should().BeTrue("a packet was logged");
        return all.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
