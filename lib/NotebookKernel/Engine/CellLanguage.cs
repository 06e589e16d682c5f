namespace NotebookKernel;

/// <summary>What a cell is written in; <c>#!name</c> in its first line says it, under .NET Interactive's names.</summary>
internal enum CellLanguage
{
    /// <summary>C#, run here; what a cell is that names nothing.</summary>
    CSharp,

    /// <summary>HTML, shown.</summary>
    Html,

    /// <summary>JavaScript, run by the front end.</summary>
    JavaScript,

    /// <summary>Markdown, shown.</summary>
    Markdown,

    /// <summary>A Mermaid diagram, drawn where the front end can.</summary>
    Mermaid,
}
