using System.Collections.Frozen;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The cloud's no: what an operation throws and what becomes an error body or an exception of the client.</summary>
internal sealed class Refusal(int status, string code, string message) : Exception(message)
{
    internal int Status { get; } = status;

    internal string Code { get; } = code;

    /// <summary>Why RAM denied the call, by the cloud's names; empty for every other refusal.</summary>
    internal IReadOnlyDictionary<string, string> AccessDenied { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>RAM's no.</summary>
    /// <param name="product">The product's name in policies, such as <c>ecs</c>.</param>
    /// <param name="action">The action.</param>
    /// <param name="principal">Who called.</param>
    internal static Refusal Denied(string product, string action, string principal) =>
        new(403, "Forbidden.RAM", $"User not authorized to operate on the specified resource: {action}.")
        {
            AccessDenied = new Dictionary<string, string>
            {
                ["AuthAction"] = $"{product}:{action}",
                ["AuthPrincipalDisplayName"] = principal,
                ["AuthPrincipalType"] = "AssumedRoleUser",
                ["NoPermissionType"] = "ImplicitDeny",
                ["PolicyType"] = "AccountLevelIdentityBasedPolicy",
            },
        };

    internal static Refusal EniNotFound(EniId id) => new(404, "InvalidEniId.NotFound", $"The network interface {id} does not exist.");

    internal static Refusal InstanceNotFound(InstanceId id) => new(404, "InvalidEcsId.NotFound", $"The instance {id} does not exist.");

    internal static Refusal VSwitchNotFound(VSwitchId id) => new(404, "InvalidVSwitchId.NotFound", $"The vSwitch {id} does not exist.");

    internal static Refusal GroupNotFound(SecurityGroupId id) => new(404, "InvalidSecurityGroupId.NotFound", $"The security group {id} does not exist.");

    internal static Refusal EniState(NetworkInterface eni, string expected) =>
        new(400, "InvalidOperation.InvalidEniState", $"The network interface {eni.Id} is {eni.Status}; the operation needs {expected}.");

    internal static Refusal VSwitchFull(VSwitchId id) =>
        new(403, "InvalidVSwitchId.IpNotEnough", $"The vSwitch {id} has not enough free private addresses.");

    internal static Refusal Missing(string parameter) => new(400, "MissingParameter", $"The parameter {parameter} is missing.");

    internal static Refusal Invalid(string parameter, string why) => new(400, "InvalidParameter", $"The parameter {parameter} is not valid: {why}.");

    internal static Refusal Exclusive(string one, string other) =>
        new(400, "InvalidParameter.Conflict", $"The parameters {one} and {other} cannot be used together.");
}
