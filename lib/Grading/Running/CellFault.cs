using System.Text.RegularExpressions;
using Workbook;

namespace Grading;

/// <summary>Why an answer's cell came to nothing.</summary>
/// <param name="IsStopped">Whether it was stopped or ended its process, and did not merely fail.</param>
/// <param name="Told">What happened.</param>
internal sealed partial record CellFault(bool IsStopped, Wording Told)
{
    /// <summary>A cell that failed, as one fails in a notebook.</summary>
    public static CellFault Failed(string name, string? message)
    {
        // The number is of this run, where checks are cells too.
        var told = $"{name}: {CellNumber().Replace(message ?? "", "")}";
        return new(false, new(told, told));
    }

    /// <summary>A cell whose time was over.</summary>
    public static CellFault TooLong(TimeSpan time) =>
        new(
            true,
            new(
                FormattableString.Invariant($"The cell ran longer than {time.TotalSeconds:0} s."),
                FormattableString.Invariant($"셀이 {time.TotalSeconds:0}초보다 오래 돌았습니다.")
            )
        );

    /// <summary>A notebook whose time was over.</summary>
    public static CellFault NotebookTooLong(TimeSpan time) =>
        new(
            true,
            new(
                FormattableString.Invariant(
                    $"The notebook ran longer than {time.TotalSeconds:0} s."
                ),
                FormattableString.Invariant(
                    $"노트북이 {time.TotalSeconds:0}초보다 오래 돌았습니다."
                )
            )
        );

    /// <summary>More memory than there is for it.</summary>
    public static CellFault TooMuchMemory(long bytes) =>
        new(
            true,
            new(
                FormattableString.Invariant($"It used more memory than {bytes >> 20:N0} MB."),
                FormattableString.Invariant($"메모리를 {bytes >> 20:N0} MB보다 많이 썼습니다.")
            )
        );

    /// <summary>More processes than there are for it.</summary>
    public static CellFault TooManyProcesses { get; } =
        new(
            true,
            new(
                FormattableString.Invariant(
                    $"It started more than {GradeLimits.Processes} processes."
                ),
                FormattableString.Invariant(
                    $"프로세스를 {GradeLimits.Processes}개보다 많이 시작했습니다."
                )
            )
        );

    /// <summary>More text than anybody reads.</summary>
    public static CellFault TooMuchOutput { get; } =
        new(true, new("It wrote without an end.", "출력이 끝없이 이어졌습니다."));

    /// <summary>The process ended in the middle of it.</summary>
    /// <param name="how">Its exit code, or "stack overflow".</param>
    public static CellFault Ended(string how) =>
        new(true, new($"It ended its process ({how}).", $"셀이 프로세스를 끝냈습니다({how})."));

    [GeneratedRegex(@"\bCell \d+, (?=line)")]
    private static partial Regex CellNumber();
}
