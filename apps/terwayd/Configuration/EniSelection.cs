namespace Terwayd.Configuration;

/// <summary><c>eni_selection_policy</c>: which ENI serves the next address.</summary>
internal enum EniSelection
{
    /// <summary>The fullest ENI first, so that others can empty and go.</summary>
    MostAddresses,

    /// <summary>The emptiest ENI first, so that traffic spreads.</summary>
    LeastAddresses,
}
