namespace Terway.Policy;

/// <summary>What holds for a pod where no tier decides. Felix keeps one for each namespace and service account.</summary>
/// <param name="Name">Its name: <c>kns.NAMESPACE</c> or <c>ksa.NAMESPACE.ACCOUNT</c>.</param>
/// <param name="Action">Allow of a known namespace, Deny of what is not known, null of a service account, which decides nothing.</param>
public sealed record ActiveProfile(string Name, RuleAction? Action);
