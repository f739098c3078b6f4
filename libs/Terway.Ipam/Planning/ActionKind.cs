namespace Terway.Ipam.Planning;

/// <summary>The kinds of work, each with its own back-off.</summary>
internal enum ActionKind
{
    ReadNode,
    ReadVSwitches,
    Sweep,
    SyncMetadata,
    Create,
    Attach,
    Prepare,
    Assign,
    Unassign,
    Detach,
    Delete,
    Describe,
}
