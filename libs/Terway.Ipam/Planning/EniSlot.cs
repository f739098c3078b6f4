namespace Terway.Ipam.Planning;

/// <summary>The pool's own number of an ENI; it exists before the cloud's id does, and orders ENIs by age.</summary>
internal readonly record struct EniSlot(int Number);
