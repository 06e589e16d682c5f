namespace NotebookKernel.Tests;

/// <summary>What a cell left behind.</summary>
internal sealed record RanCell(CellResult Result, OutputRecorder Recorder)
{
    /// <summary>The trailing expression's value as plain text; the cell must not have failed.</summary>
    public string Value
    {
        get
        {
            Assert.Null(Result.Error?.Message);
            Assert.NotNull(Result.Value);
            return Result.Value["text/plain"];
        }
    }

    /// <summary>The error; the cell must have failed.</summary>
    public CellError Error
    {
        get
        {
            Assert.NotNull(Result.Error);
            return Result.Error;
        }
    }

    public string Trace => string.Join('\n', Error.Trace);

    public IReadOnlyList<NotebookOutput> Outputs => Recorder.Outputs;
}
