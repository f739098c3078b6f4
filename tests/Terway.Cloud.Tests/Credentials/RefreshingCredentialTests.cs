using Terway.Cloud.Alibaba;
using Terway.Testing;

namespace Terway.Cloud.Tests.Credentials;

/// <summary>Rotation: in time, once, and without anybody waiting for it.</summary>
public class RefreshingCredentialTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task First_callers_share_one_request()
    {
        using var provider = Provider();

        var callers = Enumerable.Range(0, 200).Select(_ => provider.GetCredentialAsync().AsTask()).ToList();
        callers.Should().OnlyContain(c => !c.IsCompleted);
        _source.Answer(Key("one", hours: 1));
        var keys = await Task.WhenAll(callers);

        _source.Asked.Should().Be(1);
        keys.Should().OnlyContain(k => k.AccessKeyId == "one");
    }

    [Fact]
    public async Task Old_key_serves_every_caller_until_the_new_one_is_there()
    {
        using var provider = Provider();
        await FirstKeyAsync(provider);
        _time.Advance(TimeSpan.FromMinutes(45));

        var during = Enumerable.Range(0, 200).Select(_ => provider.GetCredentialAsync().AsTask()).ToList();
        during.Should().OnlyContain(c => c.IsCompletedSuccessfully, "nobody waits for a rotation");
        (await Task.WhenAll(during)).Should().OnlyContain(k => k.AccessKeyId == "one");
        _source.Asked.Should().Be(2, "of two hundred callers one began the rotation");
        _source.Answer(Key("two", hours: 1));

        await UntilAsync(async () => (await provider.GetCredentialAsync()).AccessKeyId == "two");
        _source.Asked.Should().Be(2);
    }

    [Fact]
    public async Task Many_rotations_under_load_give_only_valid_keys_and_ask_once_each()
    {
        var made = 0;
        var source = new CredentialSource("test", "It is absent.", async cancellationToken =>
        {
            await Task.Yield();
            return Key($"key-{Interlocked.Increment(ref made)}", hours: 1);
        });
        using var provider = new RefreshingCredentialProvider(source, new CredentialRefreshOptions { TimeProvider = _time });
        await provider.GetCredentialAsync();

        for (var rotation = 2; rotation <= 20; rotation++)
        {
            _time.Advance(TimeSpan.FromMinutes(41));
            var now = _time.GetUtcNow();
            await Parallel.ForAsync(0, 100, async (_, cancellationToken) =>
                (await provider.GetCredentialAsync(cancellationToken)).Expiration.Should().BeAfter(now));
            await UntilAsync(async () => (await provider.GetCredentialAsync()).AccessKeyId == $"key-{rotation}");
            made.Should().Be(rotation);
        }
    }

    [Fact]
    public async Task Caller_that_gives_up_does_not_end_the_request_of_the_others()
    {
        using var provider = Provider();
        using var cancel = new CancellationTokenSource();
        var impatient = provider.GetCredentialAsync(cancel.Token).AsTask();
        var patient = provider.GetCredentialAsync().AsTask();

        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => impatient).Should().ThrowAsync<OperationCanceledException>();
        _source.Answer(Key("one", hours: 1));

        (await patient).AccessKeyId.Should().Be("one");
        _source.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Source_that_hangs_is_given_up_and_the_old_key_serves_on()
    {
        using var provider = Provider();
        await FirstKeyAsync(provider);
        _time.Advance(TimeSpan.FromMinutes(45));
        await provider.GetCredentialAsync();
        _time.Advance(TimeSpan.FromSeconds(30));

        (await provider.GetCredentialAsync()).AccessKeyId.Should().Be("one");
        _time.Advance(TimeSpan.FromMinutes(16));
        var late = provider.GetCredentialAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(30));
        (await Errors.OfAsync(() => late)).Should().Match<CloudApiException>(f => f.Code == "Client.Timeout" && f.Kind == CloudErrorKind.Retryable);
    }

    [Fact]
    public async Task Key_without_an_end_is_asked_for_anew_so_that_a_replaced_file_is_seen()
    {
        var content = "file-1";
        var source = new CredentialSource("the file", "There is none.", _ => Task.FromResult<CloudCredential?>(new CloudCredential(content, "do-not-log-secret-InFile")));
        using var provider = new RefreshingCredentialProvider(source, new CredentialRefreshOptions { TimeProvider = _time });
        (await provider.GetCredentialAsync()).AccessKeyId.Should().Be("file-1");

        content = "file-2";
        (await provider.GetCredentialAsync()).AccessKeyId.Should().Be("file-1");
        _time.Advance(TimeSpan.FromMinutes(5));

        await UntilAsync(async () => (await provider.GetCredentialAsync()).AccessKeyId == "file-2");
    }

    [Fact]
    public async Task Refused_key_is_replaced_at_once_but_not_with_every_call()
    {
        using var provider = Provider();
        var first = await FirstKeyAsync(provider);

        provider.Renew(first);
        var again = provider.GetCredentialAsync().AsTask();
        _source.Answer(Key("one", hours: 1));
        provider.Renew(await again);

        (await provider.GetCredentialAsync()).AccessKeyId.Should().Be("one", "the source has just given this key once more");
        _source.Asked.Should().Be(2);
        provider.Renew(first);
        (await provider.GetCredentialAsync()).AccessKeyId.Should().Be("one", "another key is in use already");
        _source.Asked.Should().Be(2);
    }

    [Fact]
    public async Task Source_without_a_key_or_with_a_dead_one_is_an_error_that_says_so()
    {
        using var absent = new RefreshingCredentialProvider(new CredentialSource("x", "Nothing is set up. Set it up.", _ => Task.FromResult<CloudCredential?>(null)));
        using var dead = new RefreshingCredentialProvider(
            new CredentialSource("the file /x", "-", _ => Task.FromResult<CloudCredential?>(Key("old", hours: -1))), new CredentialRefreshOptions { TimeProvider = _time });

        (await Errors.OfAsync(async () => await absent.GetCredentialAsync())).Should()
            .Match<CloudApiException>(f => f.Kind == CloudErrorKind.Permission && f.Message.Contains("Nothing is set up. Set it up."));
        (await Errors.OfAsync(async () => await dead.GetCredentialAsync())).Message.Should().Contain("the file /x gave a credential that ended");
    }

    private RefreshingCredentialProvider Provider() => new(_source, new CredentialRefreshOptions { TimeProvider = _time });

    private async Task<CloudCredential> FirstKeyAsync(RefreshingCredentialProvider provider)
    {
        var first = provider.GetCredentialAsync().AsTask();
        _source.Answer(Key("one", hours: 1));
        return await first;
    }

    private CloudCredential Key(string id, double hours) => new(id, $"do-not-log-{id}", $"do-not-log-{id}", _time.GetUtcNow().AddHours(hours));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(1);
    }

    /// <summary>Answers when the test says so.</summary>
    private sealed class ScriptedSource : ICredentialSource
    {
        private TaskCompletionSource<CloudCredential?> _next = new();

        public string Name => "the script";

        public string WhenAbsent => "It has ended.";

        internal int Asked { get; private set; }

        public Task<CloudCredential?> FetchAsync(CancellationToken cancellationToken = default)
        {
            Asked++;
            _next = new TaskCompletionSource<CloudCredential?>();
            return _next.Task.WaitAsync(cancellationToken);
        }

        internal void Answer(CloudCredential credential) => _next.SetResult(credential);
    }
}
