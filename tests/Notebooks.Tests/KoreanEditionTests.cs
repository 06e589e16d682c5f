using System.Text.RegularExpressions;
using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>The Korean edition differs from the English one in its prose and in words for the eye, and in nothing else.</summary>
public sealed partial class KoreanEditionTests
{
    public static TheoryData<string> All => Lessons.Korean;

    [Theory]
    [MemberData(nameof(All))]
    public void Its_cells_are_of_the_same_kinds_and_its_code_is_the_same_but_for_the_table(
        string lesson
    )
    {
        var korean = Lessons.Load(lesson);
        var english = Lessons.Load(English(lesson));
        Assert.Equal(
            english.Cells.Select(cell => cell.Kind),
            korean.Cells.Select(cell => cell.Kind)
        );
        Assert.Equal(
            Lessons.Code(english).Select(cell => KoreanCode.Of(cell.Source)),
            Lessons.Code(korean).Select(cell => cell.Source)
        );
    }

    [Fact]
    public void The_table_changes_comments_and_strings_for_the_eye_alone()
    {
        var code = Lessons
            .All.Concat(Lessons.Solutions)
            .SelectMany(row => Lessons.Code(Lessons.Load(row.Data)))
            .Select(cell => cell.Source)
            .ToArray();
        Assert.All(
            KoreanCode.Rows,
            row =>
            {
                Assert.Contains(
                    code,
                    source => source.Contains(row.English, StringComparison.Ordinal)
                );
                Assert.Equal(KoreanCode.Holes(row.English), KoreanCode.Holes(row.Korean));
                if (!KoreanCode.IsComment(row.English))
                    Assert.True(
                        KoreanCode.IsString(row.English) && KoreanCode.IsString(row.Korean)
                    );
                else if (row.Korean.Length > 0)
                    Assert.True(KoreanCode.IsComment(row.Korean));
            }
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_prose_is_Korean_and_tells_the_same_numbers(string lesson)
    {
        var english = Prose(Lessons.Load(English(lesson)));
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

        Assert.Equal(Shown(English(lesson)), Shown(lesson));
    }

    [Fact]
    public void There_is_a_Korean_edition_of_every_lesson_but_the_appendix()
    {
        string[] Files(TheoryData<string> lessons) => [.. lessons.Select(row => row.Data)];

        Assert.Equal(
            [
                .. Files(Lessons.All).Where(file => char.IsAsciiDigit(file[0])),
                .. Files(Lessons.Solutions),
            ],
            Files(All).Select(English)
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_leads_to_Korean_lessons(string lesson)
    {
        var korean = Path.GetDirectoryName(Lessons.PathOf("ko/x"))!;
        var folder = Path.GetDirectoryName(Lessons.PathOf(lesson))!;
        var links = Prose(Lessons.Load(lesson)).SelectMany(text => LessonLink().Matches(text));
        Assert.All(
            links,
            link =>
                Assert.StartsWith(
                    korean,
                    Path.GetFullPath(link.Groups[1].Value, folder),
                    StringComparison.Ordinal
                )
        );
    }

    // Markdown does not close **emphasis (so)** where a letter follows the bracket, and particles do.
    [Theory]
    [MemberData(nameof(All))]
    public void No_particle_keeps_emphasis_from_closing(string lesson)
    {
        var open = Prose(Lessons.Load(lesson)).SelectMany(text => OpenEmphasis().Matches(text));
        Assert.Empty(open.Select(match => match.Value));
    }

    private static string English(string lesson) => lesson["ko/".Length..];

    private static string[] Prose(NotebookDocument notebook) =>
        [
            .. notebook
                .Cells.Where(cell => cell.Kind == NotebookCellKind.Markdown)
                .Select(cell => cell.Source),
        ];

    private static string[] Numbers(string text) =>
        [.. Decimal().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\]\(([^)#:]+\.ipynb)")]
    private static partial Regex LessonLink();

    [GeneratedRegex(@"(?<![*\w])(\*{1,2})(?=[^\s*])[^*\n]*\p{P}\1(?=[가-힣])")]
    private static partial Regex OpenEmphasis();

    // A Korean particle may follow without a space.
    [GeneratedRegex(@"(?<![\w.])\d+\.\d+(?![0-9A-Za-z_]|\.\d)")]
    private static partial Regex Decimal();
}
