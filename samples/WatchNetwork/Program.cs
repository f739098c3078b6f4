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
        // Comes first, and again when the kernel had to drop some: whoever keeps a picture lists everything anew.
        Console.WriteLine(change is NetworkResync ? "earlier changes were not seen; a picture starts here" : change);
    }
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped");
}
