namespace Terway.Simulation.Tests;

public sealed class StepRangesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3,17,20-25")]
    [InlineData("0-2,5,7-8")]
    public void Steps_are_read_as_they_are_written(string text) => StepRanges.Write(StepRanges.Parse(text)).Should().Be(text);

    [Theory]
    [InlineData("5,3")]
    [InlineData("3,3")]
    [InlineData("a")]
    [InlineData("-1")]
    public void What_is_no_list_of_ascending_steps_is_refused(string text) =>
        FluentActions.Invoking(() => StepRanges.Parse(text)).Should().Throw<FormatException>();
}
