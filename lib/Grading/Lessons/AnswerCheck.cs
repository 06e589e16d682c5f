using System.Text.RegularExpressions;
using NotebookKernel;

namespace Grading;

/// <summary>What the master runs after a solution: it writes the answers down, and no learner's edit changes it.</summary>
/// <param name="Exercises">The exercises that it writes down, in order.</param>
/// <param name="Source">The code; it names the workbook's own Check, whatever else a learner calls by that name.</param>
internal sealed partial record AnswerCheck(IReadOnlyList<string> Exercises, string Source)
{
    private const string Check = "global::Workbook.Exercises.Check";

    /// <summary>The check of a master's cell; null where it has no solution.</summary>
    public static AnswerCheck? Of(NotebookCell master)
    {
        if (LearnersEdition.AfterSolution(master) is not { } after)
            return null;
        string[] exercises = [.. Call().Matches(after).Select(call => call.Groups[1].Value)];
        return exercises.Length == 0
            ? null
            : new(exercises, Call().Replace(after, $"{Check}(\"$1\""));
    }

    /// <summary>A check that the teacher adds.</summary>
    public static AnswerCheck Of(string exercise, string expression) =>
        new([exercise], $"{Check}(\"{exercise}\", ({expression}))");

    /// <summary>The exercises that a text checks, as far as it says so plainly.</summary>
    public static IEnumerable<string> ExercisesIn(string source) =>
        Call().Matches(source).Select(call => call.Groups[1].Value);

    [GeneratedRegex(@"\bCheck\(\s*""([^""\\]+)""")]
    private static partial Regex Call();
}
