using Workbook;

namespace Grading;

/// <summary>What outcomes are called.</summary>
internal static class OutcomeName
{
    /// <summary>In both languages; the English one stands in files.</summary>
    public static Wording Of(GradeOutcome outcome) =>
        outcome switch
        {
            GradeOutcome.Right => new("right", "정답"),
            GradeOutcome.KnownMistake => new("known mistake", "알려진 실수"),
            GradeOutcome.Wrong => new("wrong", "오답"),
            GradeOutcome.Unanswered => new("unanswered", "답 없음"),
            GradeOutcome.Missing => new("missing", "셀 없음"),
            GradeOutcome.Failed => new("failed", "셀 오류"),
            GradeOutcome.Stopped => new("stopped", "중단됨"),
            GradeOutcome.Unreadable => new("unreadable", "읽을 수 없음"),
            _ => new("not graded", "채점 못 함"),
        };
}
