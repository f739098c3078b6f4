namespace Terway.Policy.Iptables.Internal;

/// <summary>Matches and targets about the packet's mark, in Felix's words.</summary>
internal static class Marks
{
    internal static string IsSet(uint mark) => $"-m mark --mark 0x{mark:x}/0x{mark:x}";

    internal static string IsClear(uint mark) => $"-m mark --mark 0/0x{mark:x}";

    /// <summary>Sets the bits of a mask to those of a mark.</summary>
    internal static string Set(uint mark, uint mask) => $"--jump MARK --set-mark {(mark == 0 ? "0" : $"0x{mark:x}")}/0x{mask:x}";
}
