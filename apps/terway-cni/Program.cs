using System.Runtime.InteropServices;
using System.Text;
using Terway.Cni;
using Terway.CniPlugin;

using var ended = new CancellationTokenSource();
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using Stream stderr = StandardStreams.Error();
var process = new CniProcess
{
    Environment = Environment.GetEnvironmentVariable,
    Stdin = StandardStreams.Input(),
    Stdout = StandardStreams.Output(),
    Stderr = stderr,
};
var plugin = new TerwayPlugin($"cni-{Guid.NewGuid():N}"[..20], line => stderr.Write(Encoding.UTF8.GetBytes(line)));
return new CniDispatcher(plugin, process).Run(ended.Token);

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.Cancel();
}
