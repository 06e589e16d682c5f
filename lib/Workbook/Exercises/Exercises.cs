using System.Collections.Concurrent;

namespace Workbook;

/// <summary>Exercises that know the right answer, and the wrong ones too.</summary>
/// <example>
/// <code>
/// using static Workbook.Exercises;
/// double? answer = null; // your answer
/// Check("03.1", answer)
/// </code>
/// </example>
public static class Exercises
{
    private static readonly Wording Unanswered = new(
        "Not answered yet: put your answer in place of null and run the cell again.",
        "아직 답하지 않았습니다. null 자리에 답을 쓰고 셀을 다시 실행해 보세요."
    );

    private static readonly Wording Right = new("Right.", "맞았습니다.");

    private static readonly Wording Wrong = new(
        "Not yet. Look again; the next try brings a hint.",
        "아직 아닙니다. 다시 살펴보세요. 다음번에는 힌트를 드립니다."
    );

    private static readonly Wording LastHint = new(
        "Still not. The solution edition of this lesson shows the way.",
        "아직 아닙니다. 이 강의의 풀이판에 풀이가 있습니다."
    );

    private static readonly ConcurrentDictionary<string, int> WrongTries = new();

    /// <summary>Checks an answer: right, a mistake that is known, or wrong, with a hint from the second time on.</summary>
    /// <param name="id">The exercise, such as "03.1".</param>
    /// <param name="answer">A number, a text, or a list of either; null while there is none.</param>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static CheckResult Check(string id, object? answer)
    {
        ArgumentNullException.ThrowIfNull(id);
        return AnswerRecorder.Record(id, answer) ?? Check(ExerciseBook.Find(id), answer);
    }

    internal static CheckResult Check(Exercise exercise, object? answer)
    {
        var id = exercise.Id;
        if (answer is null or "")
            return new(id, CheckOutcome.Unanswered, Unanswered.Text);
        if (AnswerComparison.Agrees(answer, exercise.Answer, exercise.Tolerance))
            return new(
                id,
                CheckOutcome.Right,
                exercise.Because is { } why ? $"{Right.Text} {why.Text}" : Right.Text
            );
        if (
            exercise.Mistakes.FirstOrDefault(mistake =>
                AnswerComparison.Agrees(answer, mistake.Answer, exercise.Tolerance)
            ) is
            { } known
        )
            return new(id, CheckOutcome.KnownMistake, known.Told.Text);
        var tries = WrongTries.AddOrUpdate(id, 1, (_, count) => count + 1);
        var told =
            tries == 1 ? Wrong
            : tries - 2 < exercise.Hints.Count ? exercise.Hints[tries - 2]
            : LastHint;
        return new(id, CheckOutcome.Wrong, told.Text);
    }

    /// <summary>Forgets how often each exercise was tried.</summary>
    internal static void Forget() => WrongTries.Clear();
}
