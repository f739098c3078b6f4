using System.Text.Json;

namespace Terway.Cni.Daemon.Internal;

/// <summary>The enumerations of the contract as they travel.</summary>
internal static class ContractNames
{
    private static readonly (DaemonOperation Value, string Name)[] Operations =
    [
        (DaemonOperation.Allocate, "allocate"),
        (DaemonOperation.Release, "release"),
        (DaemonOperation.Inspect, "inspect"),
        (DaemonOperation.Collect, "collect"),
        (DaemonOperation.Status, "status"),
        (DaemonOperation.Show, "show"),
    ];

    private static readonly (ShowSubject Value, string Name)[] Subjects =
    [
        (ShowSubject.Pods, "pods"), (ShowSubject.Enis, "enis"), (ShowSubject.Pool, "pool"), (ShowSubject.Policy, "policy"),
        (ShowSubject.Address, "address"), (ShowSubject.Eni, "eni"), (ShowSubject.Pod, "pod"),
    ];

    private static readonly (NetworkKind Value, string Name)[] Kinds =
        [(NetworkKind.EniMultiIp, "eniMultiIp"), (NetworkKind.VpcEni, "vpcEni")];

    public static string Of(DaemonOperation value) => Name(Operations, value);

    public static string Of(ShowSubject value) => Name(Subjects, value);

    public static string Of(NetworkKind value) => Name(Kinds, value);

    public static DaemonOperation Operation(string name) => Value(Operations, name);

    public static ShowSubject Subject(string name) => Value(Subjects, name);

    public static NetworkKind Kind(string name) => Value(Kinds, name);

    private static string Name<T>((T Value, string Name)[] table, T value)
        where T : struct, Enum
    {
        foreach ((T known, string name) in table)
            if (EqualityComparer<T>.Default.Equals(known, value))
                return name;
        throw new ArgumentOutOfRangeException(nameof(value), value, "the contract has no name for it");
    }

    private static T Value<T>((T Value, string Name)[] table, string name)
        where T : struct, Enum
    {
        foreach ((T value, string known) in table)
            if (known == name)
                return value;
        throw new JsonException($"'{Terway.Cni.Internal.NameRules.Shorten(name)}' is none of {string.Join(", ", table.Select(entry => entry.Name))}");
    }
}
