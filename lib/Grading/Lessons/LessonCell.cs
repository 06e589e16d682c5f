namespace Grading;

/// <summary>A code cell of a lesson.</summary>
/// <param name="Id">Its id, the same in the master and in all editions.</param>
/// <param name="Source">What learners are given.</param>
/// <param name="Answers">Where it has something to answer, how that is checked; null for all other cells.</param>
/// <param name="Question">With that, what is asked, in markdown.</param>
internal sealed record LessonCell(string Id, string Source, AnswerCheck? Answers, string Question);
