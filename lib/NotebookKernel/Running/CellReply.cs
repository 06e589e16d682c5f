using System.Text.Json;

namespace NotebookKernel;

/// <summary>A line by which the process of <see cref="RunCellsCommand"/> tells how a cell ended.</summary>
/// <param name="Number">The request's.</param>
/// <param name="ErrorName">The exception's type, or null where the cell ran to its end.</param>
/// <param name="ErrorMessage">What went wrong.</param>
/// <param name="TimedOut">Whether it was stopped because its time was over; some of its code may go on all the same.</param>
/// <param name="Answers">What the cell gave to exercises: the exercise and, as JSON text, a list.</param>
internal sealed record CellReply(
    int Number,
    string? ErrorName,
    string? ErrorMessage,
    bool TimedOut,
    IReadOnlyList<KeyValuePair<string, string>> Answers
)
{
    // Code of cells may write to the same stream, with or without line ends: a reply has a line of its own.
    public string ToLine() => $"\n{JsonSerializer.Serialize(this)}\n";

    /// <summary>Reads a line; null where it is something else that the code of cells wrote.</summary>
    public static CellReply? Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] != (byte)'{')
            return null;
        try
        {
            return JsonSerializer.Deserialize<CellReply>(line) is { Answers: not null } reply
                ? reply
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
