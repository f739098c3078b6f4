using System.Runtime.InteropServices;
using System.Text;
using Terway.Cni;
using Terway.CniPlugin;

// Only an ADD has something to undo; another command may end anywhere and be asked again, and is spared the thread that waits for signals.
using var ended = new CancellationTokenSource();
bool canBeUndone = Environment.GetEnvironmentVariable("CNI_COMMAND") == "ADD";
using PosixSignalRegistration? terminate = canBeUndone ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, End) : null;
using PosixSignalRegistration? interrupt = canBeUndone ? PosixSignalRegistration.Create(PosixSignal.SIGINT, End) : null;
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
