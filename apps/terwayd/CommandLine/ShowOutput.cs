namespace Terwayd.CommandLine;

/// <summary>How it is shown.</summary>
internal enum ShowOutput
{
    /// <summary>Aligned columns for people.</summary>
    Table,

    /// <summary>The daemon's document.</summary>
    Json,
}
