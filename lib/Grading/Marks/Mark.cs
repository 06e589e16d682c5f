using Workbook;

namespace Grading;

/// <summary>What an exercise of a submission is worth, and why.</summary>
/// <param name="Exercise">Its id.</param>
/// <param name="Points">How much of it is given.</param>
/// <param name="Of">How much a right answer is worth.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Told">The mistake that is known, why the answer is right, or what happened to the cell; null where nothing is to be said.</param>
/// <param name="Answer">The learner's answer, to be read; empty where there is none.</param>
internal sealed record Mark(
    string Exercise,
    double Points,
    double Of,
    GradeOutcome Outcome,
    Wording? Told,
    string Answer
);
