using System.Diagnostics;
using System.Text;
using Terway.CniPlugin;

namespace Terway.Cni.Tests.EndToEnd;

/// <summary>Runs the plugin on a lab's node: inside this process, or as the native program.</summary>
internal sealed class PluginHost(NodeLab lab, string? nativePath)
{
    public static TheoryData<bool> Both => new() { false, true };

    public PluginRun Run(Dictionary<string, string> environment, string stdin, CancellationToken cancellationToken = default) =>
        lab.Run(() => nativePath is null ? RunHere(environment, stdin, cancellationToken) : RunNative(environment, stdin));

    /// <summary>Starts the native program and leaves it running.</summary>
    public Process Start(Dictionary<string, string> environment, string stdin) => lab.Run(() => StartNative(environment, stdin));

    public static PluginRun Finish(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new PluginRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static PluginRun RunHere(Dictionary<string, string> environment, string stdin, CancellationToken cancellationToken)
    {
        using var stdout = new MemoryStream();
        using var stderr = new MemoryStream();
        var plugin = new TerwayPlugin($"test-{Guid.NewGuid():N}"[..20], line => stderr.Write(Encoding.UTF8.GetBytes(line)));
        int exit = new CniDispatcher(plugin, new CniProcess
        {
            Environment = name => environment.GetValueOrDefault(name),
            Stdin = new MemoryStream(Encoding.UTF8.GetBytes(stdin)),
            Stdout = stdout,
            Stderr = stderr,
        }).Run(cancellationToken);
        return new PluginRun(exit, Encoding.UTF8.GetString(stdout.ToArray()), Encoding.UTF8.GetString(stderr.ToArray()));
    }

    private PluginRun RunNative(Dictionary<string, string> environment, string stdin)
    {
        using Process process = StartNative(environment, stdin);
        return Finish(process);
    }

    private Process StartNative(Dictionary<string, string> environment, string stdin)
    {
        var start = new ProcessStartInfo(nativePath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Write(stdin);
        process.StandardInput.Close();
        return process;
    }
}
