using System.Diagnostics;
using System.Text.Json;

namespace Terway.Netlink.KernelTests;

/// <summary>A fresh network namespace with a connection to it, and iproute2 to ask for the truth.</summary>
internal sealed class KernelNamespace : IDisposable
{
    internal KernelNamespace()
    {
        Namespace = NetworkNamespace.Create();
        Netlink = RtNetlink.Open(Namespace);
    }

    internal NetworkNamespace Namespace { get; }

    internal RtNetlink Netlink { get; }

    /// <summary>Runs a command inside, which must succeed.</summary>
    internal string Execute(string program, params string[] arguments) => Namespace.Run(() =>
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        // Streams that were asked for are not closed with their process.
        using var standardOutput = process.StandardOutput;
        using var standardError = process.StandardError;
        var output = standardOutput.ReadToEnd();
        var error = standardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "'{0} {1}' should succeed: {2}", program, string.Join(' ', arguments), error);
        return output;
    });

    /// <summary>What <c>ip -json -details</c> says.</summary>
    internal List<JsonElement> Ip(string arguments) => Json("ip", arguments);

    /// <summary>What <c>tc -json -details</c> says.</summary>
    internal List<JsonElement> Tc(string arguments) => Json("tc", arguments);

    /// <summary>Makes a veth pair whose ends are both inside and up.</summary>
    internal (IfIndex First, IfIndex Second) AddVeth(string first = "v0", string second = "v1")
    {
        Netlink.Links.Add(new LinkMessage { Name = first, Kind = new VethKind { Peer = new LinkMessage { Name = second } } });
        var (a, b) = (Netlink.Links.Get(first).Index, Netlink.Links.Get(second).Index);
        Netlink.Links.SetUp(a);
        Netlink.Links.SetUp(b);
        return (a, b);
    }

    public void Dispose()
    {
        Netlink.Dispose();
        Namespace.Dispose();
    }

    private List<JsonElement> Json(string program, string arguments)
    {
        var output = Execute(program, ["-json", "-details", .. arguments.Split(' ')]);
        return output.Trim().Length == 0 ? [] : [.. JsonDocument.Parse(output).RootElement.EnumerateArray().Where(e => e.EnumerateObject().Any())];
    }
}

internal static class JsonElementExtensions
{
    /// <summary>A member as text; null when absent.</summary>
    internal static string? Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.ToString() : null;
}
