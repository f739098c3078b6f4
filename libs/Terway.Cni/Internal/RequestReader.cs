namespace Terway.Cni.Internal;

/// <summary>Reads and validates an invocation: variables first, then the configuration.</summary>
internal sealed class RequestReader(CniProcess process)
{
    public const string CommandVariable = "CNI_COMMAND";

    /// <summary>Far more than any configuration; GC lists every attachment of a node in about 100 bytes each.</summary>
    private const int MaxInput = 4 << 20;

    private static readonly (CniCommand Command, string Name)[] Commands =
    [
        (CniCommand.Add, "ADD"),
        (CniCommand.Del, "DEL"),
        (CniCommand.Check, "CHECK"),
        (CniCommand.GC, "GC"),
        (CniCommand.Status, "STATUS"),
        (CniCommand.Version, "VERSION"),
    ];

    /// <summary>Which variables a command needs. The specification has CNI_PATH optional; runtimes always set it and Go's plugins insist on it, so we do.</summary>
    private static readonly (string Variable, CniCommand[] Commands)[] Required =
    [
        ("CNI_CONTAINERID", [CniCommand.Add, CniCommand.Del, CniCommand.Check]),
        ("CNI_NETNS", [CniCommand.Add, CniCommand.Check]),
        ("CNI_IFNAME", [CniCommand.Add, CniCommand.Del, CniCommand.Check]),
        ("CNI_PATH", [CniCommand.Add, CniCommand.Del, CniCommand.Check, CniCommand.GC]),
    ];

    /// <summary>The command and the whole of standard input, once the variables are known to be acceptable.</summary>
    public byte[] ReadInput(out CniCommand command)
    {
        command = ReadCommand();
        ValidateVariables(command);
        return ReadStdin();
    }

    /// <param name="command">The command.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="version">Set as soon as it is known, so that an error found later is told in it.</param>
    public CniRequest Read(CniCommand command, byte[] input, ref CniVersion version)
    {
        NetworkConfiguration configuration = ConfigurationReader.Read(input, ref version);
        if (version < CniVersion.Introducing(command))
            throw new CniException(
                CniErrorCode.IncompatibleVersion,
                $"{NameOf(command)} came with version {CniVersion.Introducing(command)}; the configuration '{configuration.Name}' says {version}",
                hint: $"set cniVersion to {CniVersion.Introducing(command)} or newer");

        return new CniRequest
        {
            Command = command,
            ContainerId = Value("CNI_CONTAINERID") ?? "",
            IfName = Value("CNI_IFNAME") ?? "",
            NetNs = Value("CNI_NETNS"),
            Arguments = CniArguments.Parse(Value("CNI_ARGS")),
            Configuration = configuration,
        };
    }

    private CniCommand ReadCommand()
    {
        string text = process.Environment(CommandVariable) ?? "";
        foreach ((CniCommand command, string name) in Commands)
            if (name == text)
                return command;
        throw new CniException(CniErrorCode.InvalidEnvironment, $"unknown CNI_COMMAND: {NameRules.Shorten(text)}");
    }

    private void ValidateVariables(CniCommand command)
    {
        var problems = new List<string>();
        foreach ((string variable, CniCommand[] commands) in Required)
            if (commands.Contains(command) && Value(variable) is null)
                problems.Add($"{variable} is missing");

        // Variables that a command does not use are not its business; a runtime passes the same environment to every command.
        if (command is CniCommand.Add or CniCommand.Del or CniCommand.Check)
        {
            Add(problems, "CNI_CONTAINERID", NameRules.WhyNotContainerId);
            Add(problems, "CNI_IFNAME", NameRules.WhyNotInterfaceName);
            Add(problems, "CNI_NETNS", NameRules.WhyNotNamespacePath);
        }

        if (problems.Count > 0)
            throw new CniException(CniErrorCode.InvalidEnvironment, $"the environment of {NameOf(command)} is not acceptable: {string.Join("; ", problems)}");
    }

    private void Add(List<string> problems, string variable, Func<string, string?> rule)
    {
        if (Value(variable) is { } value && rule(value) is { } problem)
            problems.Add($"{variable} is '{NameRules.Shorten(value)}', which {problem}");
    }

    private byte[] ReadStdin()
    {
        try
        {
            using var input = new MemoryStream();
            byte[] buffer = new byte[4096];
            for (int read; (read = process.Stdin.Read(buffer, 0, buffer.Length)) > 0;)
            {
                if (input.Length + read > MaxInput)
                    throw new CniException(CniErrorCode.IOFailure, $"standard input is longer than {MaxInput} bytes");
                input.Write(buffer, 0, read);
            }
            return input.ToArray();
        }
        catch (IOException e)
        {
            throw new CniException(CniErrorCode.IOFailure, "standard input could not be read", e.Message, innerException: e);
        }
    }

    /// <summary>A variable's value; an empty one counts as missing, as in Go's plugins.</summary>
    private string? Value(string variable) => process.Environment(variable) is { Length: > 0 } value ? value : null;

    private static string NameOf(CniCommand command) => Commands.Single(c => c.Command == command).Name;
}
