using System.Diagnostics;
using System.Globalization;
using Terwayd.Tests.Hosting;

namespace Terwayd.Tests.Processes;

/// <summary>The native daemon as a process in a lab's namespace, with folders that outlive it.</summary>
internal sealed class DaemonProcess(NodeLab lab, TemporaryFolder folder) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private Process? _process;

    internal string SocketPath => folder["run/eni.socket"];

    internal LogLines Log { get; private set; } = new();

    /// <summary>Resident memory in MiB, as the kernel counts it.</summary>
    internal double ResidentMebibytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process!.Id}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        }
    }

    internal async Task StartAsync()
    {
        await File.WriteAllTextAsync(folder["eni_conf"], """{"max_pool_size": 5, "service_cidr": "172.16.0.0/16"}""");
        Log = new LogLines();
        var start = new ProcessStartInfo("ip")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                ["NODE_NAME"] = "lab",
                ["METADATA_ENDPOINT"] = lab.Endpoint.ToString(),
                ["ECS_ENDPOINT"] = lab.Endpoint.ToString(),
                ["VPC_ENDPOINT"] = lab.Endpoint.ToString(),
                ["ALICLOUD_CLIENT_SCHEME"] = "HTTP",
            },
        };
        foreach (var argument in new[]
        {
            "netns", "exec", lab.NamespaceName, TerwaydProgram.Path, "-config", folder["eni_conf"], "--socket", SocketPath,
            "--lock", folder["run/terwayd.lock"], "--state-dir", folder["state"], "--cni-conf-dir", folder["net.d"],
        })
            start.ArgumentList.Add(argument);

        // `ip netns exec` becomes the program, so the process is the daemon itself.
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null)
                Log.Write($"{e.Data}\n");
        };
        _process.BeginErrorReadLine();
        var published = Log.WaitForAsync("event=1005");
        if (await Task.WhenAny(published, _process.WaitForExitAsync()).WaitAsync(Patience) != published)
            throw new InvalidOperationException($"The daemon ended: {string.Join('\n', Log.All)}");
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    internal async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var exitCode = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return exitCode;
    }

    public void Dispose()
    {
        // Every secret of the emulated cloud carries this mark.
        Log.All.Should().NotContain(line => line.Contains("do-not-log", StringComparison.Ordinal));
        if (_process is null)
            return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
