using System.Diagnostics.CodeAnalysis;
using NotebookKernel;
using Workbook;

namespace Grading;

/// <summary>Grades submissions one by one.</summary>
/// <param name="shelf">The lessons and what is right in them.</param>
/// <param name="sandbox">Where submissions run.</param>
/// <param name="limits">What they may use.</param>
internal sealed class Grader(LessonShelf shelf, Sandbox sandbox, GradeLimits limits)
{
    /// <summary>Grades a submission; whatever it is or does is a matter of its marks.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A file may be anything, and others wait."
    )]
    public async Task<GradedSubmission> GradeAsync(
        Submission submission,
        CancellationToken cancellation
    )
    {
        GradedLesson? lesson = null;
        try
        {
            var notebook = SubmissionReader.Read(submission.Path);
            lesson = shelf.Of(notebook) ?? shelf.Named(submission.Path);
            if (lesson is null)
                return new(submission, null, [], [Note.NoLesson]);
            return await GradeAsync(submission, lesson, notebook, cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (lesson is null && error is not OperationCanceledException)
        {
            return Without(
                submission,
                shelf.Named(submission.Path),
                GradeOutcome.Unreadable,
                Note.Unreadable(error, submission.Path)
            );
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Without(submission, lesson, GradeOutcome.NotGraded, Note.NotGraded(error));
        }
    }

    private async Task<GradedSubmission> GradeAsync(
        Submission submission,
        GradedLesson lesson,
        NotebookDocument notebook,
        CancellationToken cancellation
    )
    {
        var reassembly = new Reassembly(lesson, notebook);
        var run = await new SubmissionRun(sandbox, shelf, lesson, reassembly.Steps, limits)
            .RunAsync(cancellation)
            .ConfigureAwait(false);
        return new(
            submission,
            lesson,
            [
                .. ExercisesOf(lesson)
                    .Select(exercise =>
                        reassembly.Missing.Contains(Asked(exercise))
                            ? Marking.Without(exercise, GradeOutcome.Missing)
                        : reassembly.Answered.Contains(Asked(exercise))
                        && run.LessonFault is { } fault
                            ? Marking.Without(exercise, GradeOutcome.NotGraded, fault)
                        : Marking.Of(exercise, run)
                    ),
            ],
            [.. Note.Of(reassembly)]
        );
    }

    private GradedSubmission Without(
        Submission submission,
        GradedLesson? lesson,
        GradeOutcome outcome,
        Wording told
    ) =>
        new(
            submission,
            lesson,
            [.. ExercisesOf(lesson).Select(exercise => Marking.Without(exercise, outcome))],
            [told]
        );

    private IEnumerable<Exercise> ExercisesOf(GradedLesson? lesson) =>
        (lesson?.Exercises ?? []).SelectMany(shelf.WithHidden).Select(shelf.Exercise);

    // A hidden exercise has no cell of its own.
    private static string Asked(Exercise exercise) =>
        exercise is HiddenExercise { After: { } after } ? after : exercise.Id;
}
