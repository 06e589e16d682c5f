using NotebookKernel;

namespace Grading;

/// <summary>A learner's answers put back into the lesson as it was given.</summary>
/// <remarks>
/// Cells are those of the lesson by their id, else by their text, else by the exercise that they check. Only cells with an
/// answer keep what the learner wrote, and what was added runs where it was added; all else is as it was given.
/// </remarks>
internal sealed class Reassembly
{
    private readonly GradedLesson lesson;
    private readonly List<Step> steps = [];
    private readonly HashSet<string> answered = [];
    private readonly HashSet<string> missing = [];

    /// <summary>Puts a notebook back into its lesson.</summary>
    public Reassembly(GradedLesson lesson, NotebookDocument notebook)
    {
        this.lesson = lesson;
        NotebookCell[] own =
        [
            .. notebook.Cells.Where(cell =>
                cell.Kind == NotebookCellKind.Code && !string.IsNullOrWhiteSpace(cell.Source)
            ),
        ];
        var matches = Match(lesson.Cells, own);
        var added = Added(own, matches);
        AddSteps(added[-1]);
        for (var i = 0; i < lesson.Cells.Count; i++)
        {
            AddStep(lesson.Cells[i], matches.GetValueOrDefault(i));
            AddSteps(added[i]);
        }
        // Nobody looks at what comes after the last answer.
        var end = steps.FindLastIndex(step => step.Check is not null) + 1;
        steps.RemoveRange(end, steps.Count - end);
        PutBack = matches.Count(match =>
            lesson.Cells[match.Key] is { Answers: null, Source: var given }
            && !IsSame(given, match.Value.Source)
        );
    }

    /// <summary>What to run, up to the last answer; empty where there is none.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>How many of the given cells the learner had changed.</summary>
    public int PutBack { get; }

    /// <summary>Exercises whose cell the learner changed.</summary>
    public IReadOnlySet<string> Answered => answered;

    /// <summary>Exercises whose cell is not there.</summary>
    public IReadOnlySet<string> Missing => missing;

    private void AddStep(LessonCell cell, NotebookCell? match)
    {
        if (cell.Answers is not { } check)
            steps.Add(new(cell.Id, lesson.Runnable(cell.Source)));
        else if (match is null)
        {
            missing.UnionWith(check.Exercises);
            steps.Add(new(cell.Id, lesson.Runnable(cell.Source)));
        }
        else if (IsSame(match.Source, cell.Source))
            steps.Add(new(cell.Id, lesson.Runnable(cell.Source)));
        else
        {
            answered.UnionWith(check.Exercises);
            steps.Add(new(cell.Id, match.Source, true, lesson.Runnable(cell.Source), check));
        }
    }

    private void AddSteps(IEnumerable<NotebookCell> cells) =>
        steps.AddRange(cells.Select(cell => new Step(cell.Id, cell.Source, true)));

    // An editor may have left line ends and spaces of its own.
    private static bool IsSame(string a, string b) =>
        a.ReplaceLineEndings("\n").Trim() == b.ReplaceLineEndings("\n").Trim();

    // The learner's cells by the lesson's, which are told by their place.
    private static Dictionary<int, NotebookCell> Match(
        IReadOnlyList<LessonCell> given,
        NotebookCell[] own
    )
    {
        var matches = new Dictionary<int, NotebookCell>();
        var left = own.ToList();
        MatchBy((cell, learners) => cell.Id == learners.Id);
        MatchBy((cell, learners) => IsSame(cell.Source, learners.Source));
        MatchBy(
            (cell, learners) =>
                cell.Answers is { } answers
                && AnswerCheck.ExercisesIn(learners.Source).Any(answers.Exercises.Contains)
        );
        return matches;

        void MatchBy(Func<LessonCell, NotebookCell, bool> isSame)
        {
            for (var i = 0; i < given.Count; i++)
                if (
                    !matches.ContainsKey(i)
                    && left.FirstOrDefault(cell => isSame(given[i], cell)) is { } match
                )
                {
                    matches[i] = match;
                    left.Remove(match);
                }
        }
    }

    // What the learner added, by the given cell that it comes after; -1 before all of them.
    private static ILookup<int, NotebookCell> Added(
        NotebookCell[] own,
        Dictionary<int, NotebookCell> matches
    )
    {
        var places = matches.ToDictionary(match => match.Value, match => match.Key);
        var added = new List<(int After, NotebookCell Cell)>();
        var after = -1;
        foreach (var cell in own)
            if (places.TryGetValue(cell, out var place))
                after = Math.Max(after, place);
            else
                added.Add((after, cell));
        return added.ToLookup(one => one.After, one => one.Cell);
    }
}
