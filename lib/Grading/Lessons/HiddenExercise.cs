using Workbook;

namespace Grading;

/// <summary>An exercise of a teacher's own, which learners do not see.</summary>
/// <remarks>
/// With the id of an exercise of a lesson it replaces what is right there. With an id of its own it comes after such an
/// exercise, and asks for the value of an expression over what the learner has left: a variable, or a call of a function.
/// </remarks>
internal sealed record HiddenExercise : Exercise
{
    /// <summary>The exercise that it comes after.</summary>
    public string? After { get; init; }

    /// <summary>What is compared with the answer, in C#.</summary>
    public string? Expression { get; init; }

    /// <summary>How it is asked, once the cell has run.</summary>
    public AnswerCheck Check => AnswerCheck.Of(Id, Expression!);

    /// <summary>Reads the teacher's file.</summary>
    /// <exception cref="InvalidDataException">It is not as it should be.</exception>
    public static IReadOnlyList<HiddenExercise> Read(string path)
    {
        var exercises = ExerciseBook.Read<HiddenExercise>(path);
        foreach (var one in exercises)
            if (one.After is null != one.Expression is null)
                throw new InvalidDataException(
                    $"{path}: exercise '{one.Id}': after and expression come together"
                );
            else if (one.Id.Any(c => c is '"' or '\\' or < ' '))
                throw new InvalidDataException($"{path}: the id '{one.Id}' is no plain text");
        if (
            exercises.CountBy(one => one.Id).FirstOrDefault(ids => ids.Value > 1) is
            { Key: { } twice }
        )
            throw new InvalidDataException($"{path}: exercise '{twice}' is there twice");
        return exercises;
    }
}
