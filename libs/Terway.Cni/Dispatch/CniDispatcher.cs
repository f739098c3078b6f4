using System.Text;
using Terway.Cni.Internal;

namespace Terway.Cni;

/// <summary>
/// Runs one invocation of a plugin: reads and validates what the runtime says, calls the plugin, writes its result or its error.
/// </summary>
/// <remarks>Nothing is opened, resolved or created before the whole input is validated.</remarks>
public sealed class CniDispatcher
{
    private readonly ICniPlugin _plugin;
    private readonly CniProcess _process;

    /// <summary>Prepares an invocation.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="process">Where the runtime's input comes from and the answer goes.</param>
    public CniDispatcher(ICniPlugin plugin, CniProcess process)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(process);
        _plugin = plugin;
        _process = process;
    }

    /// <summary>Runs the invocation and returns the process's exit code: 0 for success, 1 after an error was written.</summary>
    /// <param name="cancellationToken">Cancelled when the process is asked to end.</param>
    public int Run(CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(_process.Environment(RequestReader.CommandVariable)))
        {
            Explain();
            return 0;
        }

        var version = CniVersion.Newest;
        try
        {
            byte[] input = new RequestReader(_process).ReadInput(out CniCommand command);
            if (command == CniCommand.Version)
                AnswerWriter.WriteVersions(_process.Stdout, ConfigurationReader.VersionTextOf(input));
            else
                Serve(new RequestReader(_process).Read(command, input, ref version), cancellationToken);
            return 0;
        }
        catch (CniException e)
        {
            return Fail(version, e);
        }
        catch (OperationCanceledException)
        {
            return Fail(version, new CniException(CniErrorCode.TryAgainLater, "the plugin was asked to end before it was done", reason: "Cancelled"));
        }
#pragma warning disable CA1031 // The process's edge: the runtime needs an error in its own format, whatever the defect is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Fail(version, new CniException(
                CniErrorCode.Internal, "the plugin failed unexpectedly", $"{e.GetType().Name}: {e.Message}", "report it with these details", innerException: e));
        }
    }

    private void Serve(CniRequest request, CancellationToken cancellationToken)
    {
        switch (request.Command)
        {
            case CniCommand.Add:
                Deliver(request, _plugin.Add(request, cancellationToken));
                break;
            case CniCommand.Del:
                _plugin.Delete(request, cancellationToken);
                break;
            case CniCommand.Check:
                _plugin.Check(request, cancellationToken);
                break;
            case CniCommand.GC:
                _plugin.CollectGarbage(request, cancellationToken);
                break;
            case CniCommand.Status:
                _plugin.Status(request, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"the command {request.Command} is not one that a plugin serves");
        }
    }

    /// <summary>A runtime that went away before it got the result does not know of the network, so the network goes too.</summary>
    private void Deliver(CniRequest request, CniResult result)
    {
        try
        {
            AnswerWriter.WriteResult(_process.Stdout, result, request.Configuration.Version);
        }
        catch (IOException e)
        {
            _plugin.Delete(request, CancellationToken.None);
            throw new CniException(CniErrorCode.IOFailure, "the result could not be written to standard output", e.Message, innerException: e);
        }
    }

    private int Fail(CniVersion version, CniException error)
    {
        try
        {
            AnswerWriter.WriteError(_process.Stdout, error, version);
        }
        catch (IOException)
        {
            _process.Stderr.Write(Encoding.UTF8.GetBytes($"{error.Message}; {error.DetailText}\n"));
        }
        return 1;
    }

    private void Explain()
    {
        string versions = string.Join(", ", CniVersion.Supported);
        _process.Stderr.Write(Encoding.UTF8.GetBytes($"{_plugin.About}\nCNI protocol versions supported: {versions}\n"));
    }
}
