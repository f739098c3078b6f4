namespace Terway.Policy.Selectors;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("", "all()", "s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug")]
    [InlineData("app==\"web\"", "app == \"web\"", "s:oy593DLyi5BRwxLRqXScOfE9YMyW5S4KAhmzFg")]
    [InlineData("has( a )", "has(a)", "s:JpRGrxZ4kdS6g7WoF-uG_g7qlh2ipw2zGYBMpQ")]
    [InlineData("! has(a)", "!has(a)", "s:o54_r2fLf2o-LJfoAaKVj8JvPRHKmJA2mXVR7g")]
    [InlineData("a!='b'", "a != \"b\"", "s:w8cB9lYGgPdxKIznYRyiLzdgqboN8ZbHwER-Sw")]
    [InlineData("a==\"b\"||c==\"d\"", "(a == \"b\" || c == \"d\")", "s:1wvkA7tv_uMXRyNOK-vV_EU_jl7tKE92rd7BJA")]
    [InlineData("a in {}", "a in {}", "s:kb2fVDRrw4GCK1BiCSFIDXY6INw32pzbLrG4dQ")]
    [InlineData("!(has(a) && has(b))", "!(has(a) && has(b))", "s:M3YRIBNiT2a_gmUpSckmgY5yK0TbbXpQAOILHQ")]
    [InlineData("! (has( b)||! has(a ))", "!(has(b) || !has(a))", "s:Iss0uCleLYv1GSv_pNm7hAO58kE9jAx1NKyG3Q")]
    [InlineData("! (a == \"b\"&&! c != \"d\")", "!(a == \"b\" && !c != \"d\")", "s:lh3haoY1ikTRkd4UZu0nWSaIBknYLPJLX16d-w")]
    public void A_selector_has_felix_s_canonical_text_and_identity(string text, string canonical, string id)
    {
        Selector selector = Selector.Parse(text);

        selector.ToString().Should().Be(canonical);
        selector.Id.Should().Be(id);
        Selector.Parse(canonical).Should().Be(selector);
    }

    [Theory]
    [InlineData("a in {'y','x','y',}", "a in {\"x\", \"y\"}")]
    [InlineData("a notin{\"x\"}", "a not in {\"x\"}")]
    [InlineData("a not\tin {'x'}", "a not in {\"x\"}")]
    [InlineData("a startswith 'x'", "a starts with \"x\"")]
    [InlineData("a ends with'x'", "a ends with \"x\"")]
    [InlineData("a contains\"x\"", "a contains \"x\"")]
    [InlineData("in in {\"a\"}", "in in {\"a\"}")]
    [InlineData("contains contains 'a'", "contains contains \"a\"")]
    [InlineData("not not in {'a'}", "not not in {\"a\"}")]
    [InlineData("!!!has(a)", "!has(a)")]
    [InlineData("!!a == 'b'", "a == \"b\"")]
    [InlineData("!(!has(a))", "has(a)")]
    [InlineData("a == 'say \"x\"'", "a == 'say \"x\"'")]
    [InlineData("((all( )))", "all()")]
    [InlineData("global( ) || has(a) && has(b)", "(global() || (has(a) && has(b)))")]
    [InlineData("(has(a) && has(b)) && has(c)", "((has(a) && has(b)) && has(c))")]
    [InlineData("has(a) && has(b) && has(c)", "(has(a) && has(b) && has(c))")]
    [InlineData("has.x/y-z_1 == ''", "has.x/y-z_1 == \"\"")]
    [InlineData("  \t ", "all()")]
    public void A_selector_prints_as(string text, string canonical) => Selector.Parse(text).ToString().Should().Be(canonical);

    [Theory]
    [InlineData("a in {,}", 6)]
    [InlineData("a == 'b", 5)]
    [InlineData("a = 'b'", 2)]
    [InlineData("has(a) & has(b)", 7)]
    [InlineData("has(a) | has(b)", 7)]
    [InlineData("a", 1)]
    [InlineData("a ==", 4)]
    [InlineData("a in 'b'", 5)]
    [InlineData("a in {'b' 'c'}", 10)]
    [InlineData("has(a) has(b)", 7)]
    [InlineData("(has(a)", 7)]
    [InlineData("has(a))", 6)]
    [InlineData("has (a)", 4)]
    [InlineData("all", 3)]
    [InlineData("!", 1)]
    [InlineData("has(a) &&", 9)]
    [InlineData("a containsx 'b'", 2)]
    [InlineData("has(a)\n", 6)]
    public void A_text_that_is_no_selector_says_where(string text, int offset)
    {
        Selector.TryParse(text, out Selector? selector, out SelectorException? error).Should().BeFalse();

        selector.Should().BeNull();
        error!.Offset.Should().Be(offset);
        error.Text.Should().Be(text);
    }

    [Fact]
    public void A_label_has_at_most_512_characters()
    {
        Selector.TryParse($"has({new string('a', 512)})", out _, out _).Should().BeTrue();
        Selector.TryParse($"has({new string('a', 513)})", out _, out SelectorException? error).Should().BeFalse();
        error!.Reason.Should().Contain("longer than 512");
    }

    [Fact]
    public void Hostile_nesting_is_an_error_and_not_a_crash()
    {
        Selector.TryParse(new string('(', 100_000), out _, out SelectorException? error).Should().BeFalse();
        error!.Reason.Should().Contain("nest");
        Selector.Parse(new string('!', 100_000) + "has(a)").ToString().Should().Be("has(a)");
    }

    [Theory]
    [InlineData("a == '1'", true)]
    [InlineData("a == '2'", false)]
    [InlineData("b == '1'", false)]
    [InlineData("a != '1'", false)]
    [InlineData("b != '1'", true)]
    [InlineData("a in {'1', '2'}", true)]
    [InlineData("b in {'1', '2'}", false)]
    [InlineData("a in {}", false)]
    [InlineData("a not in {'1'}", false)]
    [InlineData("b not in {'1'}", true)]
    [InlineData("a not in {}", true)]
    [InlineData("has(empty)", true)]
    [InlineData("has(b)", false)]
    [InlineData("text contains 'dd'", true)]
    [InlineData("text starts with 'mid'", true)]
    [InlineData("text starts with 'dle'", false)]
    [InlineData("text ends with 'dle'", true)]
    [InlineData("b contains ''", false)]
    [InlineData("b starts with ''", false)]
    [InlineData("!b == '1'", true)]
    [InlineData("has(b) && has(a) || has(a)", true)]
    [InlineData("has(b) && (has(a) || has(a))", false)]
    [InlineData("all()", true)]
    [InlineData("global()", true)]
    public void A_selector_asks_labels(string text, bool expected)
    {
        LabelSet labels = LabelSet.Of(("a", "1"), ("empty", ""), ("text", "middle"));

        Selector.Parse(text).Matches(labels).Should().Be(expected);
    }
}
