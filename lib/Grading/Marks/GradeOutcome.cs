namespace Grading;

/// <summary>What came of an exercise.</summary>
internal enum GradeOutcome
{
    /// <summary>Right.</summary>
    Right,

    /// <summary>Wrong, in a way that is known and explained.</summary>
    KnownMistake,

    /// <summary>Wrong.</summary>
    Wrong,

    /// <summary>The cell is as it was given.</summary>
    Unanswered,

    /// <summary>The cell is not in the notebook.</summary>
    Missing,

    /// <summary>The cell failed before it had an answer.</summary>
    Failed,

    /// <summary>The cell was stopped, or ended its process.</summary>
    Stopped,

    /// <summary>The file could not be read.</summary>
    Unreadable,

    /// <summary>The lesson itself does not run on this machine.</summary>
    NotGraded,
}
