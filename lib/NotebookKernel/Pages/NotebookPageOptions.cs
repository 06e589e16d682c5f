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
}
