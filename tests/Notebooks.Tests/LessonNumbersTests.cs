using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>No number in a lesson's prose without a cell that shows it, and none of the lecture's miscopied.</summary>
public sealed partial class LessonNumbersTests
{
    public static TheoryData<string> All => Lessons.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_decimal_number_in_prose_is_shown_by_a_cell(string lesson)
    {
        var notebook = Lessons.Load(lesson);
        var shown = Lessons
            .PlainTexts(notebook)
            .Concat(Lessons.Code(notebook).Select(cell => cell.Source))
            .SelectMany(Numbers)
            .ToArray();
        foreach (var prose in notebook.Cells.Where(cell => cell.Kind == NotebookCellKind.Markdown))
        foreach (var number in Numbers(prose.Source))
            Assert.True(
                shown.Any(other => Rounds(other, number)),
                $"{lesson}: no cell shows the {number} of \"{prose.Source.Split('\n')[0]}\""
            );
    }

    [Fact]
    public void The_lecture_s_matrices_in_lesson_01_are_those_of_the_data_file()
    {
        var code = string.Concat(
            Lessons.Code(Lessons.Load("01-sentence-embeddings.ipynb")).Select(cell => cell.Source)
        );
        var examples = Goldens
            .Json(Path.Combine(Goldens.Repository, "data", "lecture.json"))
            .GetProperty("examples");
        Assert.Equal(2, examples.GetArrayLength());
        foreach (var example in examples.EnumerateArray())
        {
            foreach (var sentence in example.GetProperty("sentences").EnumerateArray())
                Assert.Contains($"\"{sentence.GetString()}\"", code, StringComparison.Ordinal);
            foreach (var row in example.GetProperty("cosines").EnumerateArray())
                Assert.Contains(Row(row), code, StringComparison.Ordinal);
        }
    }

    private static string Row(JsonElement row) =>
        $"{{ {string.Join(", ", row.EnumerateArray().Select(x => x.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture) + "f"))} }}";

    private static string[] Numbers(string text) =>
        [.. Decimal().Matches(text).Select(match => match.Value)];

    /// <summary>Whether a shown number, rounded to as many decimals as the prose gives, is the prose's.</summary>
    private static bool Rounds(string shown, string prose)
    {
        var decimals = prose.Length - prose.IndexOf('.', StringComparison.Ordinal) - 1;
        var difference =
            double.Parse(shown, CultureInfo.InvariantCulture)
            - double.Parse(prose, CultureInfo.InvariantCulture);
        return Math.Abs(difference) <= 0.5 * Math.Pow(10, -decimals) + 1e-9;
    }

    [GeneratedRegex(@"(?<![\w.])\d+\.\d+(?!\w|\.\d)")]
    private static partial Regex Decimal();
}
