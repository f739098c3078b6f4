using FsCheck;
using FsCheck.Fluent;

namespace Terway.Policy.Selectors;

public sealed class SelectorPropertyTests
{
    private static readonly string[] Keys = ["a", "b", "in", "not", "projectcalico.org/name"];
    private static readonly string[] Values = ["", "x", "y", "with \"quote\"", "it's"];
    private static readonly string[] Pieces =
        ["a", "b", "==", "!=", "'x'", "\"y\"", "in", "not", "{", "}", ",", "(", ")", "has(", "all(", "global(", "&&", "||", "!", " ", "\t", "contains", "starts", "with", "ends", "=", "é", "\n", "'"];

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void What_is_printed_reads_back_as_the_same_selector() => Check.One(Runs, Prop.ForAll(Texts().ToArbitrary(), text =>
    {
        Selector selector = Selector.Parse(text);
        Selector again = Selector.Parse(selector.ToString());
        return again.Equals(selector) && again.Id == selector.Id && again.ToString() == selector.ToString();
    }));

    [Fact]
    public void What_is_printed_asks_the_same() => Check.One(Runs, Prop.ForAll(Texts().ToArbitrary(), Labels().ToArbitrary(), (text, labels) =>
        Selector.Parse(text).Matches(labels) == Selector.Parse(Selector.Parse(text).ToString()).Matches(labels)));

    [Fact]
    public void Negation_turns_every_answer() => Check.One(Runs, Prop.ForAll(Texts().ToArbitrary(), Labels().ToArbitrary(), (text, labels) =>
        Selector.Parse(text).Matches(labels) != Selector.Parse($"!({text})").Matches(labels)));

    [Fact]
    public void Any_text_is_a_selector_or_an_error_inside_the_text() => Check.One(Runs.WithMaxTest(5000), Prop.ForAll(Noise().ToArbitrary(), text =>
        Selector.TryParse(text, out Selector? selector, out SelectorException? error)
            ? Selector.Parse(selector.ToString()).Equals(selector)
            : error.Offset >= 0 && error.Offset <= text.Length && error.Reason.Length > 0));

    [Fact]
    public void A_label_selector_and_its_translation_agree() => Check.One(Runs, Prop.ForAll(LabelSelectors().ToArbitrary(), Labels().ToArbitrary(), (selector, labels) =>
        selector.Matches(labels) == selector.ToSelector().Matches(labels)
        && Selector.Parse(selector.ToSelector().ToString()).Equals(selector.ToSelector())));

    private static Gen<string> Texts() => Gen.Sized(size => Text(Math.Min(size, 6)));

    private static Gen<string> Text(int size)
    {
        Gen<string> leaf = Gen.OneOf(
            Gen.Constant("all()"),
            Gen.Constant("global()"),
            Gen.Elements(Keys).Select(k => $"has({k})"),
            from key in Gen.Elements(Keys)
            from op in Gen.Elements("==", "!=", "contains", "starts with", "ends with")
            from value in Gen.Elements(Values)
            select $"{key} {op} {Quote(value)}",
            from key in Gen.Elements(Keys)
            from op in Gen.Elements("in", "not in")
            from values in Gen.ArrayOf(Gen.Elements(Values))
            select $"{key} {op} {{{string.Join(',', values.Select(Quote))}}}");
        if (size == 0)
        {
            return leaf;
        }

        return Gen.OneOf(
            leaf,
            Text(size - 1).Select(t => $"!({t})"),
            from left in Text(size - 1)
            from op in Gen.Elements("&&", "||")
            from right in Text(size / 2)
            select $"({left}) {op} {right}");
    }

    private static Gen<string> Noise() => Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat);

    private static Gen<LabelSet> Labels() =>
        Gen.ArrayOf(Gen.Elements(Keys).SelectMany(k => Gen.Elements(Values).Select(v => KeyValuePair.Create(k, v)))).Select(LabelSet.Create);

    private static Gen<LabelSelector> LabelSelectors() =>
        from labels in Labels()
        from expressions in Gen.ArrayOf(
            from key in Gen.Elements(Keys)
            from op in Gen.Elements(Enum.GetValues<LabelRequirementOperator>())
            from values in Gen.NonEmptyListOf(Gen.Elements(Values))
            select new LabelRequirement(key, op, values.ToEquatableArray()))
        select new LabelSelector { MatchLabels = labels, MatchExpressions = expressions.ToEquatableArray() };

    private static string Quote(string value) => value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";
}
