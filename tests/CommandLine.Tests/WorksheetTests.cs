using NotebookKernel;

namespace Workbook.CommandLine.Tests;

/// <summary>The worksheets are those of their masters: each exercise once, and its key behind it.</summary>
public sealed class WorksheetTests
{
    private static readonly IReadOnlyList<Exercise> Exercises = ExerciseBook.Read(
        Path.Combine(Goldens.Repository, "notebooks", "exercises.json")
    );

    public static TheoryData<string> Masters =>
        [
            .. new[] { "notebooks/solutions", "notebooks/ko/solutions" }.SelectMany(folder =>
                Directory
                    .GetFiles(Path.Combine(Goldens.Repository, folder), "*.ipynb")
                    .Select(path => $"{folder}/{Path.GetFileName(path)}")
                    .Order(StringComparer.Ordinal)
            ),
        ];

    [Theory]
    [MemberData(nameof(Masters))]
    public void A_worksheet_is_that_of_its_master(string master)
    {
        var path = Path.Combine(Goldens.Repository, master);

        var sheet = Of(path);

        Assert.True(
            File.ReadAllText(EditionsCommand.WorksheetOf(path)) == sheet,
            $"`dotnet workbook.cs editions` makes the worksheet of {master} anew"
        );
        var lesson = Path.GetFileName(master)[..2];
        var (questions, key) = (Half(sheet, 0), Half(sheet, 1));
        Assert.Equal(
            Exercises.Count(exercise => exercise.Id.StartsWith(lesson, StringComparison.Ordinal)),
            questions.Split("<div class=\"room\">").Length - 1
        );
        Assert.DoesNotContain("answer1 =", questions, StringComparison.Ordinal); // no solution before its page
        Assert.Contains("answer1 =", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", sheet, StringComparison.Ordinal);
    }

    private static string Of(string master) =>
        Worksheet.Of(
            NotebookDocument.Load(master),
            Exercises,
            master.Contains("/ko/", StringComparison.Ordinal) ? "ko" : "en"
        );

    private static string Half(string sheet, int half) =>
        sheet.Split("<section class=\"key\">")[half];
}
