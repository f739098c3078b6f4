using System.Text.Json;
using Terway.Cloud.Testing;
using Terway.Cni.Daemon;
using Terwayd.CommandLine;
using Terwayd.Tests.Hosting;

namespace Terwayd.Tests.Show;

public sealed class HistoryTests
{
    [Fact]
    public async Task An_address_and_its_ENI_tell_their_history()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        var address = daemon.Allocate("web-0", requestId: "r-7").NetConfs[0].BasicInfo!.PodIP!.IPv4!.ToString();
        daemon.Release("web-0");
        var eni = daemon.Vpc.Emulator.Interfaces[^1].Id.Value;

        var told = daemon.Show(ShowSubject.Address, ShowOutput.Table, address);
        var events = JsonDocument.Parse(daemon.Show(ShowSubject.Eni, ShowOutput.Json, eni).Output).RootElement.EnumerateArray().ToList();

        told.ExitCode.Should().Be(0);
        told.Output.Should().MatchRegex("was leased.*r-7").And.Contain("was released, and rests");
        events.Select(e => e.GetProperty("what").GetString()).Should().ContainInOrder("is to be created", "was created", "is attached");
        events.Should().Contain(e => HasId(e, "CreateNetworkInterface"));
    }

    [Fact]
    public async Task A_pod_whose_ADD_failed_explains_code_cause_owner_and_next_step()
    {
        await using var daemon = await DaemonHarness.CreateAsync();
        daemon.Vpc.Emulator.FaultPolicy = call => call.Action == "CreateNetworkInterface" ? EmulatedFault.Refuse(403, "Forbidden.RAM") : null;
        await daemon.StartDaemonAsync();
        var add = () => daemon.Allocate("web-0", requestId: "r-8");
        add.Should().Throw<DaemonException>();

        var (exitCode, output, _) = daemon.Show(ShowSubject.Pod, ShowOutput.Table, "default/web-0");

        exitCode.Should().Be(0);
        output.Should().Contain("the request waits").And.MatchRegex("the request failed +PermissionDenied.*r-8")
            .And.Contain("cause: ").And.Contain("Forbidden.RAM").And.Contain("owner: permission").And.Contain("next:  ");
    }

    [Fact]
    public async Task What_nobody_knows_is_said_with_an_exit_code()
    {
        await using var daemon = await DaemonHarness.StartAsync();

        var (exitCode, output, _) = daemon.Show(ShowSubject.Pod, ShowOutput.Table, "default/nobody");

        exitCode.Should().Be(1);
        output.Should().Contain("nothing is remembered");
    }

    [Fact]
    public async Task A_client_that_names_nothing_is_refused()
    {
        await using var daemon = await DaemonHarness.StartAsync();
        using var client = daemon.Client();

        var act = () => client.Show(new ShowRequest(ShowSubject.Address, "no address"));

        act.Should().Throw<DaemonException>().Which.Code.Should().Be(ErrorCode.InvalidRequest);
    }

    private static bool HasId(JsonElement told, string call) =>
        told.TryGetProperty("callId", out _) && told.TryGetProperty("call", out var by) && by.GetString() == call;
}
