using System.Globalization;

namespace Grading;

/// <summary>The marks as a table for a spreadsheet, a row an exercise.</summary>
internal static class GradesCsv
{
    private static readonly string[] Columns =
    [
        "learner",
        "lesson",
        "exercise",
        "points",
        "of",
        "outcome",
        "mistake",
        "note",
        "answer",
        "notebook",
    ];

    /// <summary>Writes the table; a notebook without exercises has a row that says so.</summary>
    public static void Write(IEnumerable<GradedSubmission> submissions, TextWriter writer)
    {
        WriteRow(writer, Columns);
        foreach (var submission in submissions)
        foreach (var row in Rows(submission))
            WriteRow(writer, row);
    }

    private static IEnumerable<string[]> Rows(GradedSubmission graded)
    {
        var (learner, path) = graded.Submission;
        var lesson = graded.Lesson?.Name ?? "";
        var notes = string.Join(" ", graded.Notes.Select(note => note.En));
        if (graded.Marks.Count == 0)
            yield return [learner, lesson, "", "0", "0", "", "", notes, "", path];
        foreach (var mark in graded.Marks)
        {
            var told =
                mark.Told?.En
                ?? (mark.Outcome is GradeOutcome.Unreadable or GradeOutcome.NotGraded ? notes : "");
            var isMistake = mark.Outcome == GradeOutcome.KnownMistake;
            yield return
            [
                learner,
                lesson,
                mark.Exercise,
                mark.Points.ToString("0.###", CultureInfo.InvariantCulture),
                mark.Of.ToString("0.###", CultureInfo.InvariantCulture),
                OutcomeName.Of(mark.Outcome).En,
                isMistake ? told : "",
                isMistake || mark.Outcome == GradeOutcome.Right ? "" : told,
                mark.Answer,
                path,
            ];
        }
    }

    private static void WriteRow(TextWriter writer, IEnumerable<string> fields) =>
        writer.Write(string.Join(',', fields.Select(Field)) + "\r\n"); // RFC 4180

    // A spreadsheet computes what begins like a formula; an apostrophe before it says that it is a text.
    private static string Field(string text)
    {
        if (text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal))
            text = $"'{text}";
        return text.AsSpan().ContainsAny("\",\r\n\t")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
