using System.Text.Json;
using Workbook;

namespace Grading;

/// <summary>Compares what a learner's process wrote down with what is right, which that process never knew.</summary>
internal static class Marking
{
    // Longer than any answer, shorter than a page.
    private const int ShownCharacters = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 };

    /// <summary>The mark of an exercise that was run.</summary>
    /// <param name="exercise">What is right.</param>
    /// <param name="record">What came of running it.</param>
    public static Mark Of(Exercise exercise, RunRecord record)
    {
        if (record.Faults.TryGetValue(exercise.Id, out var fault))
            return Without(
                exercise,
                fault.IsStopped ? GradeOutcome.Stopped : GradeOutcome.Failed,
                fault.Told
            );
        return Answer(record.Answers.GetValueOrDefault(exercise.Id)) is { } answer
            ? Of(exercise, answer)
            : Without(exercise, GradeOutcome.Unanswered);
    }

    /// <summary>The mark of an exercise that has no answer.</summary>
    public static Mark Without(Exercise exercise, GradeOutcome outcome, Wording? told = null) =>
        new(exercise.Id, 0, exercise.Points, outcome, told, "");

    private static Mark Of(Exercise exercise, JsonElement answer)
    {
        var shown = Shown(answer);
        if (AnswerComparison.Agrees(answer, exercise.Answer, exercise.Tolerance))
            return new(
                exercise.Id,
                exercise.Points,
                exercise.Points,
                GradeOutcome.Right,
                exercise.Because,
                shown
            );
        var known = exercise.Mistakes.FirstOrDefault(mistake =>
            AnswerComparison.Agrees(answer, mistake.Answer, exercise.Tolerance)
        );
        return new(
            exercise.Id,
            exercise.Points * Math.Clamp(known?.Credit ?? 0, 0, 1),
            exercise.Points,
            known is null ? GradeOutcome.Wrong : GradeOutcome.KnownMistake,
            known?.Told,
            shown
        );
    }

    // A list that is empty is no answer; nor is what the child wrote in any other form.
    private static JsonElement? Answer(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "[]", Options);
            return
                document.RootElement is { ValueKind: JsonValueKind.Array } list
                && list.GetArrayLength() > 0
                ? list.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shown(JsonElement answer)
    {
        var text = string.Join(", ", answer.EnumerateArray().Take(ShownCharacters));
        return text.Length <= ShownCharacters ? text : $"{text[..(ShownCharacters - 1)]}…";
    }
}
