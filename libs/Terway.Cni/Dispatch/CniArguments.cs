using Terway.Cni.Internal;

namespace Terway.Cni;

/// <summary>The extra arguments of an invocation, <c>K=V;K=V</c> (<c>CNI_ARGS</c>). The keys are those that Kubernetes runtimes send.</summary>
public sealed record CniArguments
{
    /// <summary>No arguments.</summary>
    public static CniArguments None { get; } = new();

    /// <summary><c>K8S_POD_NAMESPACE</c>.</summary>
    public string? PodNamespace { get; private init; }

    /// <summary><c>K8S_POD_NAME</c>.</summary>
    public string? PodName { get; private init; }

    /// <summary><c>K8S_POD_UID</c>.</summary>
    public string? PodUid { get; private init; }

    /// <summary><c>K8S_POD_INFRA_CONTAINER_ID</c>: the same as <c>CNI_CONTAINERID</c> in every runtime.</summary>
    public string? InfraContainerId { get; private init; }

    /// <summary><c>IP</c>: an address that the user wishes for.</summary>
    public string? IP { get; private init; }

    /// <summary>Reads the variable's value.</summary>
    /// <param name="text">The value; null or empty for none.</param>
    /// <exception cref="CniException">
    /// <see cref="CniErrorCode.DecodingFailure"/>: a pair is not <c>K=V</c>, or a key is not known and <c>IgnoreUnknown</c> is not set.
    /// <see cref="CniErrorCode.InvalidEnvironment"/>: a value is not acceptable.
    /// </exception>
    public static CniArguments Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return None;

        var arguments = new CniArguments();
        bool ignoreUnknown = false;
        var unknown = new List<string>();
        foreach (string pair in text.Split(';'))
        {
            string[] parts = pair.Split('=');
            if (parts.Length != 2)
                throw new CniException(CniErrorCode.DecodingFailure, $"CNI_ARGS has '{NameRules.Shorten(pair)}', which is not KEY=VALUE");

            (string key, string value) = (parts[0], parts[1]);
            if (key == "IgnoreUnknown")
                ignoreUnknown = ParseSwitch(value);
            else if (arguments.With(key, value) is { } known)
                arguments = known;
            else
                unknown.Add(key);
        }

        if (unknown.Count > 0 && !ignoreUnknown)
            throw new CniException(
                CniErrorCode.DecodingFailure, $"CNI_ARGS has unknown keys: {NameRules.Shorten(string.Join(", ", unknown))}",
                hint: "set IgnoreUnknown=1 in CNI_ARGS to have them ignored");
        return arguments;
    }

    private CniArguments? With(string key, string value) => key switch
    {
        "K8S_POD_NAMESPACE" => this with { PodNamespace = Name(key, value) },
        "K8S_POD_NAME" => this with { PodName = Name(key, value) },
        "K8S_POD_UID" => this with { PodUid = Name(key, value) },
        "K8S_POD_INFRA_CONTAINER_ID" => this with { InfraContainerId = Name(key, value) },
        "IP" => this with { IP = value },
        _ => null,
    };

    private static string? Name(string key, string value)
    {
        if (value.Length == 0)
            return null;
        if (!NameRules.IsName(value))
            throw new CniException(CniErrorCode.InvalidEnvironment, $"CNI_ARGS: {key} is '{NameRules.Shorten(value)}', which is not a name");
        return value;
    }

    private static bool ParseSwitch(string value) => value switch
    {
        "1" or "true" or "True" or "TRUE" => true,
        "0" or "false" or "False" or "FALSE" => false,
        _ => throw new CniException(CniErrorCode.DecodingFailure, $"CNI_ARGS: IgnoreUnknown is '{NameRules.Shorten(value)}', which is neither true nor false"),
    };
}
