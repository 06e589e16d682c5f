using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Workbook;

namespace Grading;

/// <summary>The marks and the mistakes met most, for programs.</summary>
internal static class GradesJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes both, and how far apart from everything else the submissions ran.</summary>
    public static string Write(IReadOnlyList<GradedSubmission> submissions, Isolation isolation) =>
        new JsonObject
        {
            ["isolation"] = isolation switch
            {
                Isolation.Full => "full",
                Isolation.NoNetwork => "no network",
                _ => "none",
            },
            ["submissions"] = new JsonArray([.. submissions.Select(Json)]),
            ["misconceptions"] = new JsonArray([.. Misconception.Of(submissions).Select(Json)]),
        }.ToJsonString(Options) + "\n";

    private static JsonObject Json(GradedSubmission graded) =>
        new()
        {
            ["learner"] = graded.Submission.Learner,
            ["notebook"] = graded.Submission.Path,
            ["lesson"] = graded.Lesson?.Name,
            ["points"] = graded.Points,
            ["of"] = graded.Of,
            ["notes"] = new JsonArray([.. graded.Notes.Select(Json)]),
            ["exercises"] = new JsonArray([.. graded.Marks.Select(Json)]),
        };

    private static JsonObject Json(Mark mark) =>
        new()
        {
            ["exercise"] = mark.Exercise,
            ["points"] = mark.Points,
            ["of"] = mark.Of,
            ["outcome"] = OutcomeName.Of(mark.Outcome).En,
            ["told"] = mark.Told is { } told ? Json(told) : null,
            ["answer"] = mark.Answer,
        };

    private static JsonObject Json(Misconception one) =>
        new()
        {
            ["exercise"] = one.Exercise,
            ["mistake"] = one.Told is { } told ? Json(told) : null,
            ["answer"] = one.Answer,
            ["count"] = one.Learners.Count,
            ["learners"] = new JsonArray([.. one.Learners.Select(name => (JsonNode)name)]),
        };

    private static JsonObject Json(Wording wording) =>
        new() { ["en"] = wording.En, ["ko"] = wording.Ko };
}
