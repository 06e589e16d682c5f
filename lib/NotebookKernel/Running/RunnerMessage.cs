using System.Text.Json;

namespace NotebookKernel;

/// <summary>A line that the process of a running notebook sends to the one that started it.</summary>
/// <param name="Progress">A step, or null for the last line.</param>
/// <param name="Failure">Why the cell failed, with a step that says so.</param>
/// <param name="Done">The last line: the process has done its work and now ends on its own account.</param>
internal sealed record RunnerMessage(CellProgress? Progress, CellFailure? Failure, bool Done)
{
    // Native code may write to the same stream, with or without line ends: a message has a line of its own.
    public string ToLine() => $"\n{JsonSerializer.Serialize(this)}\n";

    /// <summary>Reads a line; null where it is something else that the notebook's code wrote.</summary>
    public static RunnerMessage? Parse(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<RunnerMessage>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
