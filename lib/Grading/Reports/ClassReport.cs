using static Grading.ReportPage;

namespace Grading;

/// <summary>What a teacher reads first: who has how many points, and which mistakes were met most.</summary>
internal static class ClassReport
{
    // What follows is in the JSON file.
    private const int ShownMisconceptions = 20;

    /// <summary>The page, in the language of most submissions.</summary>
    /// <param name="submissions">All of them.</param>
    /// <param name="reports">The learners' own pages, by their names: a path from this page.</param>
    /// <param name="protection">What submissions were kept away from, in that language.</param>
    public static string Html(
        IReadOnlyList<GradedSubmission> submissions,
        IReadOnlyDictionary<string, string> reports,
        string protection
    )
    {
        var isKorean = LearnerReport.IsKorean(submissions);
        var body = new StringWriter { NewLine = "\n" };
        body.Write($"<p class=\"faint\">{Escape(protection)}</p>\n");
        WriteLearners(submissions, reports, isKorean, body);
        WriteNotes(submissions, isKorean, body);
        WriteMisconceptions(Misconception.Of(submissions), isKorean, body);
        return ReportPage.Html(isKorean, isKorean ? "채점 결과" : "Grades", body.ToString());
    }

    private static void WriteLearners(
        IReadOnlyList<GradedSubmission> submissions,
        IReadOnlyDictionary<string, string> reports,
        bool isKorean,
        StringWriter body
    )
    {
        string[] lessons =
        [
            .. submissions
                .Select(one => one.Lesson?.Name)
                .OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        body.Write(
            $"<div class=\"table\"><table>\n<thead><tr><th>{(isKorean ? "학습자" : "Learner")}</th><th class=\"number\">{(isKorean ? "합계" : "All")}</th>"
        );
        foreach (var lesson in lessons)
            body.Write(
                $"<th class=\"number\" title=\"{Escape(lesson)}\">{Escape(lesson.Split('-')[0])}</th>"
            );
        body.Write("</tr></thead>\n<tbody>\n");
        foreach (var learner in submissions.GroupBy(one => one.Submission.Learner))
        {
            body.Write(
                $"<tr><td class=\"name\"><a href=\"{Escape(reports[learner.Key])}\">{Escape(learner.Key)}</a></td><td class=\"number\">{Number(learner.Sum(one => one.Points))} / {Number(learner.Sum(one => one.Of))}</td>"
            );
            foreach (var lesson in lessons)
                body.Write(
                    $"<td class=\"number\">{string.Join("; ", learner.Where(one => one.Lesson?.Name == lesson).Select(Points))}</td>"
                );
            body.Write("</tr>\n");
        }
        body.Write("</tbody></table></div>\n");
    }

    private static void WriteNotes(
        IReadOnlyList<GradedSubmission> submissions,
        bool isKorean,
        StringWriter body
    )
    {
        var noted = submissions.Where(one => one.Notes.Count > 0).ToArray();
        if (noted.Length == 0)
            return;
        body.Write(isKorean ? "<h2>살펴볼 제출물</h2>\n" : "<h2>Worth a look</h2>\n");
        foreach (var one in noted)
            body.Write(
                $"<p>{Escape(one.Submission.Learner)}, <code>{Escape(Path.GetFileName(one.Submission.Path))}</code>: {Escape(string.Join(" ", one.Notes.Select(note => note.In(isKorean))))}</p>\n"
            );
    }

    private static void WriteMisconceptions(
        IReadOnlyList<Misconception> misconceptions,
        bool isKorean,
        StringWriter body
    )
    {
        if (misconceptions.Count == 0)
            return;
        body.Write(
            isKorean
                ? "<h2>가장 많이 나온 오개념</h2>\n<div class=\"table\"><table>\n<thead><tr><th>문제</th><th class=\"number\">명</th><th>실수</th><th>학습자</th></tr></thead>\n<tbody>\n"
                : "<h2>Misconceptions met most</h2>\n<div class=\"table\"><table>\n<thead><tr><th>Exercise</th><th class=\"number\">Learners</th><th>Mistake</th><th>Who</th></tr></thead>\n<tbody>\n"
        );
        foreach (var one in misconceptions.Take(ShownMisconceptions))
        {
            var told =
                one.Told?.In(isKorean)
                ?? (
                    isKorean ? "설명이 없는 같은 오답" : "the same wrong answer, not explained yet"
                );
            body.Write(
                $"<tr><td>{Escape(one.Exercise)}</td><td class=\"number\">{one.Learners.Count}</td><td>{Escape(told)} <code>{Escape(one.Answer)}</code></td><td>{Escape(string.Join(", ", one.Learners))}</td></tr>\n"
            );
        }
        body.Write("</tbody></table></div>\n");
    }

    private static string Points(GradedSubmission one) =>
        $"{Number(one.Points)} / {Number(one.Of)}";
}
