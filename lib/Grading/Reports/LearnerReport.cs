using NotebookKernel;
using static Grading.ReportPage;

namespace Grading;

/// <summary>What a learner gets back: each exercise, what came of it, and why; never what would have been right.</summary>
internal static class LearnerReport
{
    /// <summary>The page, in the language of the first lesson.</summary>
    /// <param name="learner">Who.</param>
    /// <param name="submissions">All that they handed in.</param>
    public static string Html(string learner, IReadOnlyList<GradedSubmission> submissions)
    {
        var isKorean = IsKorean(submissions);
        var body = new StringWriter { NewLine = "\n" };
        var (points, of) = (submissions.Sum(one => one.Points), submissions.Sum(one => one.Of));
        body.Write($"<p>{Escape(Points(points, of, isKorean))}</p>\n");
        foreach (var submission in submissions)
            Write(submission, submission.Lesson?.IsKorean ?? isKorean, body);
        return ReportPage.Html(isKorean, learner, body.ToString());
    }

    /// <summary>Whether most lessons are read in Korean.</summary>
    public static bool IsKorean(IReadOnlyCollection<GradedSubmission> submissions) =>
        submissions.Count(one => one.Lesson is { IsKorean: true }) * 2
        > submissions.Count(one => one.Lesson is not null);

    private static void Write(GradedSubmission graded, bool isKorean, StringWriter body)
    {
        var lesson = graded.Lesson;
        body.Write(
            $"<section lang=\"{(isKorean ? "ko" : "en")}\">\n<h2>{Escape(lesson?.Title ?? Path.GetFileName(graded.Submission.Path))}</h2>\n"
        );
        if (lesson is not null)
            body.Write(
                $"<p class=\"faint\">{Escape(Path.GetFileName(graded.Submission.Path))} · {Escape(Points(graded.Points, graded.Of, isKorean))}</p>\n"
            );
        foreach (var note in graded.Notes)
            body.Write($"<p class=\"told\">{Escape(note.In(isKorean))}</p>\n");
        foreach (var mark in graded.Marks)
            Write(mark, lesson!, isKorean, body);
        body.Write("</section>\n");
    }

    private static void Write(Mark mark, GradedLesson lesson, bool isKorean, StringWriter body)
    {
        var (kind, sign) =
            mark.Outcome == GradeOutcome.Right ? ("right", "✓")
            : mark.Points > 0 ? ("partly", "◐")
            : mark.Outcome is GradeOutcome.Unanswered or GradeOutcome.NotGraded ? ("open", "–")
            : ("wrong", "✗");
        body.Write(
            $"<article class=\"{kind}\">\n<h3>{Escape(mark.Exercise)} <span class=\"outcome\">{sign} {Escape(OutcomeName.Of(mark.Outcome).In(isKorean))}</span><span class=\"points\">{Number(mark.Points)} / {Number(mark.Of)}</span></h3>\n"
        );
        if (lesson.Question(mark.Exercise) is { Length: > 0 } question)
        {
            var folder = Path.GetDirectoryName(lesson.Path)!;
            body.Write(new ProseHtml(folder, folder).Render(question, null));
        }
        if (mark.Answer.Length > 0)
            body.Write(
                $"<p>{(isKorean ? "답" : "Your answer")}: <code>{Escape(mark.Answer)}</code></p>\n"
            );
        if (mark.Told is { } told)
            body.Write($"<p class=\"told\">{Escape(told.In(isKorean))}</p>\n");
        body.Write("</article>\n");
    }

    private static string Points(double points, double of, bool isKorean) =>
        isKorean
            ? $"{Number(of)}점 가운데 {Number(points)}점"
            : $"{Number(points)} of {Number(of)} points";
}
