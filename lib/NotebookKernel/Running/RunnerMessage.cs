using System.Text.Json;

namespace NotebookKernel;

/// <summary>A line that the process of the running notebooks sends to the one that started it.</summary>
/// <param name="Progress">A step, or null for a notebook's last line.</param>
/// <param name="Failure">Why the cell failed, with a step that says so.</param>
/// <param name="Done">A notebook's last line: its work is done.</param>
/// <param name="Reusable">With that, whether the process is fit to run another.</param>
internal sealed record RunnerMessage(
    CellProgress? Progress,
    CellFailure? Failure,
    bool Done,
    bool Reusable = false
)
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
            var message = JsonSerializer.Deserialize<RunnerMessage>(line);
            return message is { Done: true } or { Progress: not null } ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
