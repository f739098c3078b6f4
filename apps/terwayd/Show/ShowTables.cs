using System.Globalization;
using System.Text;

namespace Terwayd.Show;

/// <summary>The documents as tables for people.</summary>
internal static class ShowTables
{
    internal static string Pods(IReadOnlyList<PodRow> pods)
    {
        var table = new TextTable("NAMESPACE", "POD", "INTERFACE", "ADDRESS", "ENI", "VSWITCH", "CONTAINER", "SINCE");
        foreach (var pod in pods)
        {
            table.Add(
                pod.Namespace, pod.Name, pod.IfName, string.Join(',', new[] { pod.IPv4, pod.IPv6 }.OfType<string>()), pod.Eni, pod.VSwitch,
                Short(pod.ContainerId), Time(pod.GrantedAt));
        }

        return table.ToString();
    }

    internal static string Enis(IReadOnlyList<EniRow> enis)
    {
        var table = new TextTable("ENI", "STATE", "MAC", "VSWITCH", "ADDRESS", "USE", "POD", "RESTS UNTIL");
        foreach (var eni in enis)
        {
            var state = eni.Managed ? eni.State : "foreign";
            if (eni.Addresses.Count == 0)
                table.Add(eni.Id, state, eni.Mac, eni.VSwitch, null, null, null, null);
            foreach (var (address, index) in eni.Addresses.Select((a, i) => (a, i)))
            {
                var use = address.Primary ? $"{address.State}, primary" : address.State;
                var rests = address.RestsUntil is { } until ? Time(until) : null;
                if (index == 0)
                    table.Add(eni.Id, state, eni.Mac, eni.VSwitch, address.Address, use, address.Pod, rests);
                else
                    table.Add(" ", " ", " ", " ", address.Address, use, address.Pod, rests);
            }
        }

        return table.ToString();
    }

    internal static string Pool(PoolRow pool)
    {
        var text = new StringBuilder();
        var facts = new TextTable("NODE", "READY", "ENIS", "MAX ENIS", "ADDRESSES PER ENI", "LEASES", "WAITING");
        facts.Add(
            pool.Node, pool.Ready ? "yes" : pool.Recovered ? "no" : "recovering", Number(pool.Enis), Number(pool.MaxEnis),
            Number(pool.AddressesPerEni), Number(pool.Leases), Number(pool.Waiting.Count));
        text.Append(facts);

        var addresses = new TextTable("ADDRESSES", "COUNT");
        foreach (var (state, count) in pool.Addresses)
            addresses.Add(state, Number(count));
        text.Append('\n').Append(addresses);

        if (pool.Waiting.Count > 0)
        {
            var waiting = new TextTable("WAITING", "FAMILIES", "NOT READY", "SINCE", "UNTIL");
            foreach (var w in pool.Waiting)
                waiting.Add(w.Pod, w.Families, w.Lacks, Time(w.Since), Time(w.Deadline));
            text.Append('\n').Append(waiting);
        }

        if (pool.VSwitches.Count > 0)
        {
            var vSwitches = new TextTable("VSWITCH", "FREE", "SET ASIDE UNTIL");
            foreach (var v in pool.VSwitches)
                vSwitches.Add(v.Id, v.Available?.ToString(CultureInfo.InvariantCulture), v.SetAsideUntil is { } until ? Time(until) : null);
            text.Append('\n').Append(vSwitches);
        }

        if (pool.Faults.Count > 0)
        {
            var faults = new TextTable("FAULT", "WHEN", "WHAT", "WHY", "HINT");
            foreach (var f in pool.Faults)
                faults.Add(f.Code, Time(f.At), $"{f.Operation} {f.Subject}", f.Reason, f.Hint);
            text.Append('\n').Append(faults);
        }

        if (pool.Plan.Count > 0)
            text.Append("\nPLAN\n").AppendJoin('\n', pool.Plan).Append('\n');
        return text.ToString();
    }

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>As container tools shorten ids.</summary>
    private static string Short(string containerId) => containerId.Length <= 12 ? containerId : containerId[..12];

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
