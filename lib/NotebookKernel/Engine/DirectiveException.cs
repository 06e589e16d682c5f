namespace NotebookKernel;

/// <summary>A line of a cell that asks something of the notebook's host cannot be followed.</summary>
/// <param name="message">What is wrong, and what would be right.</param>
/// <param name="line">The cell's line, from 1; 0 where it is the cell as a whole.</param>
internal sealed class DirectiveException(string message, int line = 0) : Exception(message)
{
    public int Line { get; } = line;
}
