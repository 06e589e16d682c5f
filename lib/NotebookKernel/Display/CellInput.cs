namespace NotebookKernel;

/// <summary>What a cell reads from the console comes from whoever its outputs go to; without such a one it has ended.</summary>
internal sealed class CellInput : TextReader
{
    private string rest = "";

    public override string? ReadLine()
    {
        if (rest.Length == 0)
            return Ask();
        var line = rest.TrimEnd('\n');
        rest = "";
        return line;
    }

    public override int Peek() => HasMore() ? rest[0] : -1;

    public override int Read()
    {
        if (!HasMore())
            return -1;
        var next = rest[0];
        rest = rest[1..];
        return next;
    }

    // A terminal gives what one line has; the base class would go on asking until the buffer is full.
    public override int Read(char[] buffer, int index, int count)
    {
        if (count == 0 || !HasMore())
            return 0;
        var taken = Math.Min(count, rest.Length);
        rest.CopyTo(0, buffer, index, taken);
        rest = rest[taken..];
        return taken;
    }

    private bool HasMore()
    {
        if (rest.Length == 0 && Ask() is { } line)
            rest = line + '\n';
        return rest.Length > 0;
    }

    private static string? Ask() =>
        CellContext.Current is { Sink: IInputSource input } cell
            ? input.ReadLine(cell.Run.Token)
            : null;
}
