using System.Text.RegularExpressions;
using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>The Korean edition differs from the English one in its prose, and in nothing else.</summary>
public sealed partial class KoreanEditionTests
{
    public static TheoryData<string> All => Lessons.Korean;

    [Theory]
    [MemberData(nameof(All))]
    public void Its_cells_are_of_the_same_kinds_and_its_code_is_the_same(string lesson)
    {
        var korean = Lessons.Load(lesson);
        var english = Lessons.Load(Path.GetFileName(lesson));
        Assert.Equal(
            english.Cells.Select(cell => cell.Kind),
            korean.Cells.Select(cell => cell.Kind)
        );
        // It lies one folder deeper.
        Assert.Equal(
            Lessons.Code(english).Select(cell => cell.Source),
            Lessons
                .Code(korean)
                .Select(cell =>
                    cell.Source.Replace("#r \"../../", "#r \"../", StringComparison.Ordinal)
                )
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_prose_is_Korean_and_tells_the_same_numbers(string lesson)
    {
        var english = Prose(Lessons.Load(Path.GetFileName(lesson)));
        var korean = Prose(Lessons.Load(lesson));
        foreach (var (en, ko) in english.Zip(korean))
        {
            Assert.Matches("[가-힣]", ko);
            Assert.Equal(Numbers(en), Numbers(ko));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_was_run_and_showed_what_the_English_one_showed(string lesson)
    {
        string[] Shown(string path) =>
            [.. Lessons.PlainTexts(Lessons.Load(path)).SelectMany(Numbers)];

        Assert.Equal(Shown(Path.GetFileName(lesson)), Shown(lesson));
    }

    private static string[] Prose(NotebookDocument notebook) =>
        [
            .. notebook
                .Cells.Where(cell => cell.Kind == NotebookCellKind.Markdown)
                .Select(cell => cell.Source),
        ];

    private static string[] Numbers(string text) =>
        [.. Decimal().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    // A Korean particle may follow without a space.
    [GeneratedRegex(@"(?<![\w.])\d+\.\d+(?![0-9A-Za-z_]|\.\d)")]
    private static partial Regex Decimal();
}
