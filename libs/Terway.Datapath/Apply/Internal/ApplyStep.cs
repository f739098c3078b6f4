namespace Terway.Datapath;

/// <summary>The steps of applying a plan, in their order.</summary>
internal enum ApplyStep
{
    CreatePair,
    FindPair,
    PodSysctls,
    PodObjects,
    NodeSysctls,
    NodeObjects,
    Finish,
}
