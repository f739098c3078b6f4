namespace Terway.Netlink;

/// <summary>A routing table, as after <c>table</c> in <c>ip route</c> and <c>lookup</c> in <c>ip rule</c>.</summary>
public readonly record struct RouteTable
{
    private RouteTable(uint id) => Id = id;

    /// <summary>No table: any, or the kernel's choice.</summary>
    public static RouteTable Unspecified => default;

    /// <summary>Table <c>default</c> (253), searched last.</summary>
    public static RouteTable Default => new(253);

    /// <summary>Table <c>main</c> (254).</summary>
    public static RouteTable Main => new(254);

    /// <summary>Table <c>local</c> (255): the host's own addresses, searched first.</summary>
    public static RouteTable Local => new(255);

    /// <summary>The number.</summary>
    public uint Id { get; }

    /// <summary>The part of the number that fits a message header; the attribute carries the others.</summary>
    internal byte HeaderByte => Id <= byte.MaxValue ? (byte)Id : (byte)0;

    /// <summary>What has to stand in the attribute; null when the header says it.</summary>
    internal uint? AttributeValue => Id <= byte.MaxValue ? null : Id;

    /// <summary>The table of a number.</summary>
    /// <param name="id">1 to 4294967295.</param>
    /// <returns>The table.</returns>
    public static RouteTable FromId(uint id) => new(id);

    /// <summary>The name as <c>ip</c> prints it: of the three tables that have one, else the number.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Id switch
    {
        253 => "default",
        254 => "main",
        255 => "local",
        _ => Id.ToString(),
    };
}
