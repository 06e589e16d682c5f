using System.Diagnostics.CodeAnalysis;
using Workbook;

namespace Grading;

/// <summary>Grades submissions one by one: first all are read, then each runs.</summary>
/// <param name="shelf">The lessons and what is right in them.</param>
/// <param name="sandbox">Where submissions run.</param>
/// <param name="limits">What they may use.</param>
internal sealed class Grader(LessonShelf shelf, Sandbox sandbox, GradeLimits limits)
{
    /// <summary>Reads a submission, whatever it is.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A file may be anything, and others wait."
    )]
    public ReadSubmission Read(Submission submission)
    {
        try
        {
            var notebook = SubmissionReader.Read(submission.Path);
            return (shelf.Of(notebook) ?? shelf.Named(submission.Path)) is { } lesson
                ? new(submission, lesson, new Reassembly(lesson, notebook), null)
                : new(submission, null, null, Note.NoLesson);
        }
        catch (Exception error)
        {
            return new(
                submission,
                shelf.Named(submission.Path),
                null,
                Note.Unreadable(error, submission.Path)
            );
        }
    }

    /// <summary>Runs a submission and grades it; whatever it does is a matter of its marks.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Others wait.")]
    public async Task<GradedSubmission> GradeAsync(
        ReadSubmission read,
        CancellationToken cancellation
    )
    {
        if (read is not { Lesson: { } lesson, Reassembly: { } reassembly })
            return Without(read, GradeOutcome.Unreadable, read.Problem!);
        try
        {
            var run = await new SubmissionRun(sandbox, shelf, lesson, reassembly.Steps, limits)
                .RunAsync(cancellation)
                .ConfigureAwait(false);
            return new(
                read.Submission,
                lesson,
                [.. ExercisesOf(lesson).Select(exercise => Mark(exercise, reassembly, run))],
                [.. Note.Of(reassembly)]
            );
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Without(read, GradeOutcome.NotGraded, Note.NotGraded(error));
        }
    }

    private static Mark Mark(Exercise exercise, Reassembly reassembly, RunRecord run)
    {
        // A hidden exercise has no cell of its own.
        var asked = exercise is HiddenExercise { After: { } after } ? after : exercise.Id;
        return reassembly.Missing.Contains(asked) ? Marking.Without(exercise, GradeOutcome.Missing)
            : reassembly.Answered.Contains(asked) && run.LessonFault is { } fault
                ? Marking.Without(exercise, GradeOutcome.NotGraded, fault)
            : Marking.Of(exercise, run);
    }

    private GradedSubmission Without(ReadSubmission read, GradeOutcome outcome, Wording told) =>
        new(
            read.Submission,
            read.Lesson,
            [.. ExercisesOf(read.Lesson).Select(exercise => Marking.Without(exercise, outcome))],
            [told]
        );

    private IEnumerable<Exercise> ExercisesOf(GradedLesson? lesson) =>
        (lesson?.Exercises ?? []).SelectMany(shelf.WithHidden).Select(shelf.Exercise);
}
