using System.Text.Json;

namespace Workbook;

/// <summary>A question of a lesson: what is right, what is wrong in a way that teaches, and what helps.</summary>
internal record Exercise
{
    /// <summary>The lesson and the question in it: "03.2".</summary>
    public required string Id { get; init; }

    /// <summary>A number, a text, or a list of either.</summary>
    public required JsonElement Answer { get; init; }

    /// <summary>By how much a number may differ.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>What a right answer is worth where lessons are graded.</summary>
    public double Points { get; init; } = 1;

    /// <summary>Wrong answers that say where a learner went astray.</summary>
    public IReadOnlyList<KnownMistake> Mistakes { get; init; } = [];

    /// <summary>What helps, the gentlest first.</summary>
    public IReadOnlyList<Wording> Hints { get; init; } = [];

    /// <summary>Said to whoever answers right: why it is so.</summary>
    public Wording? Because { get; init; }
}
