using Workbook;

namespace Grading;

/// <summary>What came of running a submission.</summary>
internal sealed class RunRecord
{
    /// <summary>The exercise's answer, a JSON list; as the learner's process wrote it, and not to be trusted.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>Why the exercise has no answer.</summary>
    public Dictionary<string, CellFault> Faults { get; } = [];

    /// <summary>Why the lesson itself does not run here, with nothing of the learner's; null where it does.</summary>
    public Wording? LessonFault { get; set; }
}
