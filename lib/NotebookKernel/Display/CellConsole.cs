using System.Text;

namespace NotebookKernel;

/// <summary>Console output of a cell's code goes to the cell; all other code's goes where it went before.</summary>
internal sealed class CellConsole(string name, TextWriter otherwise) : TextWriter
{
    private static int captured;

    public override Encoding Encoding => Encoding.UTF8;

    // A notebook reads the same wherever it ran.
    public override string NewLine => "\n";

    /// <summary>Puts the writers and the reader in place, once a process.</summary>
    public static void Capture()
    {
        if (Interlocked.Exchange(ref captured, 1) == 1)
            return;
        Console.SetOut(new CellConsole("stdout", Console.Out));
        Console.SetError(new CellConsole("stderr", Console.Error));
        Console.SetIn(new CellInput());
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) =>
        Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        if (value is null or "")
            return;
        if (CellContext.Current is { } cell)
            cell.Sink.Stream(name, value);
        else
            otherwise.Write(value);
    }

    // One write, so that lines of parallel tasks do not mix.
    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => otherwise.Flush();
}
