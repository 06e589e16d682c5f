namespace NotebookKernel;

/// <summary>How a notebook is run.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>How long one cell may run before it is stopped and fails.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Environment variables that the notebook sees besides its caller's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>();

    /// <summary>The kernel's program; tests name the one that ships, for their own copy has another compiler beside it.</summary>
    internal string Program { get; init; } = typeof(NotebookRunOptions).Assembly.Location;
}
