using Workbook;

namespace Grading;

/// <summary>A mistake that learners made, and who did.</summary>
/// <param name="Exercise">The exercise.</param>
/// <param name="Told">The mistake, where it is known; null for a wrong answer that nobody has explained yet.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Learners">Who answered it.</param>
internal sealed record Misconception(
    string Exercise,
    Wording? Told,
    string Answer,
    IReadOnlyList<string> Learners
)
{
    /// <summary>The mistakes of a class, those met most before the others; unexplained ones only where two learners share them.</summary>
    public static IReadOnlyList<Misconception> Of(IEnumerable<GradedSubmission> submissions) =>
        [
            .. submissions
                .SelectMany(submission =>
                    submission.Marks.Select(mark => (submission.Submission.Learner, Mark: mark))
                )
                .Where(one => one.Mark.Outcome is GradeOutcome.KnownMistake or GradeOutcome.Wrong)
                .GroupBy(one => (one.Mark.Exercise, one.Mark.Told, Key(one.Mark)))
                .Select(group => new Misconception(
                    group.Key.Exercise,
                    group.Key.Told,
                    group.First().Mark.Answer,
                    [.. group.Select(one => one.Learner).Distinct()]
                ))
                .Where(one => one.Told is not null || one.Learners.Count > 1)
                .OrderByDescending(one => one.Learners.Count)
                .ThenBy(one => one.Exercise, StringComparer.Ordinal),
        ];

    private static string Key(Mark mark) => mark.Told is null ? mark.Answer : "";
}
