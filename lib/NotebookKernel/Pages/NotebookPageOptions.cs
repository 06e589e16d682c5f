namespace NotebookKernel;

/// <summary>What a page has besides its notebook.</summary>
public sealed record NotebookPageOptions
{
    /// <summary>The prose's language, for screen readers, fonts and hyphenation: a BCP 47 tag.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The folder that the prose's pictures and links are relative to; null means the notebook's own.</summary>
    public string? ProseFolder { get; init; }

    /// <summary>The folder that the page lies in, so that links still lead where they did; null means the prose's folder.</summary>
    public string? PageFolder { get; init; }

    /// <summary>JavaScript that the outputs need, each put into the page once, before them.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Where another file's page lies, relative to this page, given the file's full path; null for none, and the link becomes plain text. Without it notebooks lead to pages beside them, and all else stays where it is.</summary>
    public Func<string, string?>? LinkTo { get; init; }

    /// <summary>HTML at the end of the head element.</summary>
    public string Head { get; init; } = "";

    /// <summary>HTML before the notebook.</summary>
    public string Header { get; init; } = "";

    /// <summary>HTML behind the notebook.</summary>
    public string Footer { get; init; } = "";

    /// <summary>For the ids of cells with an exercise, the code that solves it, folded below the cell.</summary>
    public IReadOnlyDictionary<string, string> Solutions { get; init; } =
        new Dictionary<string, string>();

    /// <summary>What a folded solution is called.</summary>
    public string SolutionLabel { get; init; } = "Solution";
}
