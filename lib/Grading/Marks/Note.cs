using Workbook;

namespace Grading;

/// <summary>What there is to say of a submission as a whole.</summary>
internal static class Note
{
    /// <summary>It has no exercises of this workbook.</summary>
    public static Wording NoLesson { get; } =
        new(
            "It is no lesson with exercises: nothing to grade.",
            "연습 문제가 있는 강의가 아니어서 채점할 것이 없습니다."
        );

    /// <summary>It could not be read.</summary>
    public static Wording Unreadable(Exception error, string path)
    {
        // Learners need not know the teacher's folders.
        var why = error.Message.Replace($"{path}: ", "", StringComparison.Ordinal);
        return new($"The file could not be read: {why}", $"파일을 읽을 수 없습니다: {why}");
    }

    /// <summary>Grading it failed, which is no fault of the learner's.</summary>
    public static Wording NotGraded(Exception error) =>
        new($"It could not be graded: {error.Message}", $"채점하지 못했습니다: {error.Message}");

    /// <summary>How it differed from the lesson as it was given.</summary>
    public static IEnumerable<Wording> Of(Reassembly reassembly)
    {
        if (reassembly.PutBack > 0)
            yield return new(
                $"Cells that were not to be changed, and were put back as they were given: {reassembly.PutBack}.",
                $"바꾸면 안 되는 셀이 바뀌어 있어 원래대로 되돌렸습니다: {reassembly.PutBack}개."
            );
        if (reassembly.Missing.Count > 0)
            yield return new(
                $"Exercises whose cell is missing: {string.Join(", ", reassembly.Missing)}.",
                $"셀이 없는 연습 문제: {string.Join(", ", reassembly.Missing)}."
            );
    }
}
