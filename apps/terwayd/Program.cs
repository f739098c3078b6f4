using System.Runtime.InteropServices;
using Terwayd.CommandLine;
using Terwayd.Hosting;
using Terwayd.PolicyTool;
using Terwayd.Show;

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

var environment = TerwaydEnvironment.Read(Environment.GetEnvironmentVariable);
Func<ShowArguments, CancellationToken, Task<int>> show =
    (arguments, cancellationToken) => Task.FromResult(new ShowCommand(Console.Out, Console.Error).Run(arguments, cancellationToken));
var commandLine = new TerwaydCommandLine(
    (arguments, cancellationToken) =>
        new TerwaydHost(arguments, environment, Console.Error, TimeProvider.System, DaemonSeams.None).RunAsync(cancellationToken),
    show,
    new PolicyCommandLine(new PolicyReasoning(Console.Out, Console.Error), new PolicyCleanup(DaemonSeams.None.OpenPolicy, Console.Out, Console.Error), show),
    Console.Out);
return await commandLine.InvokeAsync(args, stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
