// What `ip monitor` shows, in twenty lines: prints every change of links, addresses, routes and rules until Ctrl-C.
using Terway.Netlink;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

using var monitor = NetworkMonitor.Open(NetworkChangeKinds.All);
try
{
    await foreach (var change in monitor.ReadAllAsync(stop.Token))
    {
        // After an overrun the kernel dropped some: whoever keeps a picture reads it anew.
        Console.WriteLine(change is NetworkResync ? "changes were lost; read everything again" : change);
    }
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped");
}
