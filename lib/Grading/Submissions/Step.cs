namespace Grading;

/// <summary>A cell to run.</summary>
/// <param name="CellId">Its id.</param>
/// <param name="Source">Its code.</param>
/// <param name="IsLearners">Whether the code is the learner's, and not what learners were given.</param>
/// <param name="Stub">What runs in its place where it cannot; null where nothing need.</param>
/// <param name="Check">What writes its answers down; null where it has none.</param>
internal sealed record Step(
    string CellId,
    string Source,
    bool IsLearners = false,
    string? Stub = null,
    AnswerCheck? Check = null
);
