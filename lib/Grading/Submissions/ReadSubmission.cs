using Workbook;

namespace Grading;

/// <summary>A submission that has been read, and of which nothing has run.</summary>
/// <param name="Submission">Who handed it in, and the file.</param>
/// <param name="Lesson">Of what lesson it is; null where that is not known.</param>
/// <param name="Reassembly">What to run; null where there is nothing.</param>
/// <param name="Problem">With that, why.</param>
internal sealed record ReadSubmission(
    Submission Submission,
    GradedLesson? Lesson,
    Reassembly? Reassembly,
    Wording? Problem
);
