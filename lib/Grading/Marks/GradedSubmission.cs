using Workbook;

namespace Grading;

/// <summary>A submission with its marks.</summary>
/// <param name="Submission">Who handed it in, and the file.</param>
/// <param name="Lesson">Of what lesson it is; null where that is not known.</param>
/// <param name="Marks">A mark an exercise; none where it is of no lesson.</param>
/// <param name="Notes">What else there is to say of the file.</param>
internal sealed record GradedSubmission(
    Submission Submission,
    GradedLesson? Lesson,
    IReadOnlyList<Mark> Marks,
    IReadOnlyList<Wording> Notes
)
{
    /// <summary>The points that are given.</summary>
    public double Points => Marks.Sum(mark => mark.Points);

    /// <summary>The points that can be had.</summary>
    public double Of => Marks.Sum(mark => mark.Of);
}
