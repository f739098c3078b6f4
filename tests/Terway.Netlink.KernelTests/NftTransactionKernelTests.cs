using System.Net;

namespace Terway.Netlink.KernelTests;

public sealed class NftTransactionKernelTests : IDisposable
{
    private readonly NftRuleset _ruleset = new();

    public void Dispose() => _ruleset.Dispose();

    [Fact]
    public void Refused_transaction_changes_nothing_and_names_the_culprit()
    {
        var chain = _ruleset.Chain("c");

        var result = _ruleset.Try(t =>
        {
            t.Chains.Add(chain);
            t.Rules.Add(new NftRule { Chain = chain, Comment = "good", Expressions = [new NftCounter()] });
            t.Rules.Add(new NftRule { Chain = chain, Comment = "bad", Expressions = [NftImmediate.Of(NftVerdict.Jump("nowhere"))] });
            t.Rules.Add(new NftRule { Chain = _ruleset.Chain("missing"), Expressions = [new NftCounter()] });
            t.Chains.Add(_ruleset.Chain("d"));
        });

        result.Succeeded.Should().BeFalse();
        result.IsStale.Should().BeFalse();
        result.Failures.Select(failure => failure.Change).Should().Equal(2, 3);
        result.Failures[0].Error.Message.Should().Be("add rule inet terway c \"bad\": No such file or directory");
        result.Failures[0].Error.IsNotFound.Should().BeTrue();
        _ruleset.NfTables.ListChains(_ruleset.Key).Should().BeEmpty();
    }

    [Fact]
    public void Refused_element_is_told_by_its_number()
    {
        var set = new NftSet { Key = _ruleset.Set("s"), KeyType = NftDataType.IPv4Address };
        _ruleset.Commit(t => t.Sets.Add(set));
        var elements = Enumerable.Range(0, 10_000).Select(i => new NftElement(NftData.NetworkOrder(0x0A000000u + (uint)i))).ToArray();
        _ruleset.Commit(t => t.Elements.Add(set.Key, elements[9_000]));

        var result = _ruleset.Try(t => t.Elements.Create(set.Key, elements));

        var failure = result.Failures.Should().ContainSingle().Subject;
        (failure.Change, failure.Element).Should().Be((0, 9_000));
        failure.Error.IsAlreadyExists.Should().BeTrue();
        _ruleset.NfTables.ListElements(set.Key).Should().ContainSingle("nothing of it was done");
    }

    [Fact]
    public void Full_set_is_told_from_other_refusals()
    {
        var set = new NftSet { Key = _ruleset.Set("s"), KeyType = NftDataType.IPv4Address, Size = 2 };

        var result = _ruleset.Try(t =>
        {
            t.Sets.Add(set);
            t.Elements.Add(set.Key, [Element("10.0.0.1"), Element("10.0.0.2"), Element("10.0.0.3")]);
        });

        result.Failures[0].Error.Errno.Should().Be(Errno.Full);
        result.Failures[0].Change.Should().Be(1);
    }

    [Fact]
    public void Transaction_for_a_generation_that_is_over_is_stale()
    {
        var generation = _ruleset.NfTables.GetGeneration().Id;
        _ruleset.Commit(t => t.Chains.Add(_ruleset.Chain("first")));

        var stale = _ruleset.NfTables.CreateTransaction();
        stale.Chains.Add(_ruleset.Chain("second"));
        var refused = stale.Commit(generation);
        var fresh = _ruleset.NfTables.CreateTransaction();
        fresh.Chains.Add(_ruleset.Chain("third"));
        fresh.Commit(_ruleset.NfTables.GetGeneration().Id).ThrowIfFailed();

        refused.IsStale.Should().BeTrue();
        refused.Failures.Should().ContainSingle().Which.Change.Should().BeNull();
        _ruleset.NfTables.ListChains(_ruleset.Key).Select(chain => chain.Key.Name).Should().Equal("first", "third");
    }

    [Fact]
    public void Circle_of_chains_is_refused_as_a_whole_or_by_its_rule()
    {
        var (a, b) = (_ruleset.Chain("a"), _ruleset.Chain("b"));

        var result = _ruleset.Try(t =>
        {
            t.Chains.Add(new NftChain { Key = _ruleset.Chain("base"), Base = new NftBaseChain { Hook = NftHook.Forward } });
            t.Chains.Add(a);
            t.Chains.Add(b);
            t.Rules.Add(Jump(_ruleset.Chain("base"), "a"));
            t.Rules.Add(Jump(a, "b"));
            t.Rules.Add(Jump(b, "a"));
        });

        result.Failures[0].Error.Errno.Should().BeOneOf(Errno.TooManyLinks, Errno.TooManySymbolicLinks);
        _ruleset.NfTables.ListChains(_ruleset.Key).Should().BeEmpty();
        _ruleset.Commit(t => t.Chains.Add(a));
    }

    [Fact]
    public void Thousands_of_refusals_end_in_a_result_with_the_first_ones()
    {
        const int Rules = 20_000;

        var result = _ruleset.Try(t =>
        {
            for (var i = 0; i < Rules; i++)
                t.Rules.Add(new NftRule { Chain = _ruleset.Chain("missing"), Expressions = [new NftCounter()] });
        });

        result.Count.Should().Be(Rules);
        result.Failures.Select(failure => failure.Change).Should().Equal(Enumerable.Range(0, NftTransactionResult.MaxFailures).Select(i => (int?)i));
        _ruleset.Commit(t => t.Chains.Add(_ruleset.Chain("after")));
    }

    [Fact]
    public void Big_transaction_is_one_step()
    {
        var before = _ruleset.NfTables.GetGeneration().Id;
        _ruleset.Commit(t =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var chain = _ruleset.Chain($"chain-{i}");
                t.Chains.Add(chain);
                for (var rule = 0; rule < 10; rule++)
                    t.Rules.Add(new NftRule { Chain = chain, Comment = $"rule {rule} of chain {i}", Expressions = [new NftCounter(), NftImmediate.Of(NftVerdict.Accept)] });
            }
        });

        _ruleset.NfTables.GetGeneration().Id.Should().Be(before + 1);
        var contents = _ruleset.NfTables.ReadTable(_ruleset.Key)!;
        contents.Chains.Should().HaveCount(2_000);
        contents.Rules.Should().HaveCount(20_000);
        contents.Generation.Should().Be(before + 1);
    }

    [Fact]
    public void Table_is_read_with_all_it_holds()
    {
        var set = new NftSet { Key = _ruleset.Set("s"), KeyType = NftDataType.IPv4Address };
        var chain = _ruleset.Chain("c");
        _ruleset.Commit(t =>
        {
            t.Sets.Add(set);
            t.Elements.Add(set.Key, Element("10.0.0.1"));
            t.Chains.Add(chain);
            t.Rules.Add(new NftRule { Chain = chain, Expressions = [NftPayload.IPv4Source(), NftLookup.In(set.Key)] });
            t.Chains.Add(new NftChainKey(_ruleset.Key, "d"));
        });

        var contents = _ruleset.NfTables.ReadTable(_ruleset.Key)!;

        contents.Table.Key.Should().Be(_ruleset.Key);
        contents.Chains.Select(c => c.Key).Should().Equal(chain, _ruleset.Chain("d"));
        contents.Rules.Should().ContainSingle().Which.Chain.Should().Be(chain);
        contents.Sets.Should().ContainSingle().Which.Key.Should().Be(set.Key);
        contents.Elements[set.Key].Should().Equal(Element("10.0.0.1"));
        _ruleset.NfTables.ReadTable(new(NftFamily.IPv4, "none")).Should().BeNull();
    }

    [Fact]
    public void Empty_transaction_sends_nothing_and_a_used_one_can_be_used_again()
    {
        var transaction = _ruleset.NfTables.CreateTransaction();
        var before = _ruleset.NfTables.GetGeneration().Id;

        transaction.Commit().Succeeded.Should().BeTrue();
        _ruleset.NfTables.GetGeneration().Id.Should().Be(before);
        transaction.Chains.Add(_ruleset.Chain("a")).Should().Be(0);
        transaction.Chains.Add(_ruleset.Chain("b")).Should().Be(1);
        transaction.Commit().Count.Should().Be(2);
        transaction.Chains.Delete(_ruleset.Chain("a")).Should().Be(0);
        transaction.Commit().ThrowIfFailed();

        _ruleset.NfTables.ListChains(_ruleset.Key).Select(chain => chain.Key.Name).Should().Equal("b");
    }

    [Fact]
    public void Delete_of_what_is_missing_says_what()
    {
        var result = _ruleset.Try(t =>
        {
            t.Chains.Delete(_ruleset.Chain("missing"));
            t.Tables.Delete(new(NftFamily.IPv4, "missing"));
        });

        result.Failures.Select(failure => failure.Error.Message).Should().Equal(
            "delete chain inet terway missing: No such file or directory", "delete table ip missing: No such file or directory");
    }

    private static NftRule Jump(NftChainKey from, string to) => new() { Chain = from, Expressions = [NftImmediate.Of(NftVerdict.Jump(to))] };

    private static NftElement Element(string address) => new(NftData.Address(IPAddress.Parse(address)));
}
