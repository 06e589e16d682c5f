using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workbook;

/// <summary>Where lessons are graded, an answer is only written down: whoever compares it sits in another process.</summary>
internal static class AnswerRecorder
{
    /// <summary>The program's own data of this name is an <c>Action&lt;string, string&gt;</c>, told an exercise and its answer as a JSON array.</summary>
    /// <remarks>NotebookKernel's command run-cells sets it; the two know no more of one another than this name.</remarks>
    public const string DataName = "Workbook.RecordAnswer";

    // No answer is longer; a list without an end has its first items written.
    private const int LongestList = 1000;

    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly Wording Recorded = new("Written down.", "답을 적어 두었습니다.");

    /// <summary>Writes the answer down; null where nobody grades.</summary>
    public static CheckResult? Record(string id, object? answer)
    {
        if (AppContext.GetData(DataName) is not Action<string, string> record)
            return null;
        var items = answer is null or "" ? [] : AnswerComparison.Flatten(answer);
        record(id, JsonSerializer.Serialize(items.Take(LongestList), Options));
        return new(id, CheckOutcome.Unanswered, Recorded.Text);
    }
}
