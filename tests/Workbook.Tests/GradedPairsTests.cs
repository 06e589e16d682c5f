using System.Globalization;

namespace Workbook.Tests;

/// <summary>What data/README.md says of the graded pairs.</summary>
public sealed class GradedPairsTests
{
    private static readonly string[][] Pairs = Lesson.Table("graded-pairs.tsv");

    [Fact]
    public void There_are_fifty_of_each_grade() =>
        Assert.Equal(
            Enumerable.Range(0, 6).Select(grade => ($"{grade}", 50)),
            Pairs.CountBy(pair => pair[0]).Select(grade => (grade.Key, grade.Value)).Order()
        );

    [Fact]
    public void Graded_again_266_are_the_same_34_differ_by_1_and_none_by_more() =>
        Assert.Equal(
            [(0, 266), (1, 34)],
            Pairs
                .CountBy(pair => Math.Abs(Grade(pair[0]) - Grade(pair[3])))
                .Select(difference => (difference.Key, difference.Value))
                .Order()
        );

    private static int Grade(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
